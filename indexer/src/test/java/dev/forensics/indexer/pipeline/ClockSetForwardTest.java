package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.pipeline.SteppedTraffic.Packet;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set forward amid a capture cuts no connection, and makes no false alarm. */
class ClockSetForwardTest {
  private static final Set<String> OF_TIME =
      Set.of("duration", "response_delay", "id", "url", "pcap_url", "community_id");
  private static final Set<String> OF_PLACE = Set.of("log", "packets", "capture", "document_id");
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

  @TempDir Path folder;
  private int files;

  /** Connections at every stage; also of one that is idle for minutes, and one-sided ones. */
  private static List<Packet> traffic() {
    return new SteppedTraffic()
        .connection("10.0.0.1", 40_000, 3_000, 700, 2)
        .connection("10.0.0.3", 40_003, 4_100, 900, 1)
        .connection("10.0.0.4", 40_004, 2_000, 350, 3)
        .without(SteppedTraffic.SERVER, "10.0.0.4")
        .connection("10.0.0.5", 40_005, 5_050, 800, 1)
        .without("10.0.0.5", SteppedTraffic.SERVER)
        .connection("10.0.0.6", 40_006, 1_050, 4_800, 1)
        .exchange("10.0.0.7", 9_000, 6_020, 2_000)
        .exchange("10.0.0.7", 9_001, 9_020, 2_000)
        .chatter(0, 120_000, 1_500)
        .chatter(120_000, 500_000, 10_000)
        .packets();
  }

  /** The first packets of a capture are judged by their order, the last ones are not behind all. */
  private static final int FIRST = 4;

  private static final int LAST = 200;

  @ParameterizedTest
  @ValueSource(longs = {2, 20, 3 * 60, 2 * 1_440, 40 * 1_440})
  void shouldChangeNothingButTimes(long minutes) throws Exception {
    List<Packet> traffic = traffic();
    List<String> expected = told(traffic, 1);
    assertThat(expected).hasSizeGreaterThan(80);
    for (int at = FIRST; at < LAST; at += at < 80 ? 1 : 7) {
      List<Packet> stepped = SteppedTraffic.stepped(traffic, at, Duration.ofMinutes(minutes));
      assertSame(
          told(stepped, List.of(1, 2, 4).get(at % 3)),
          expected,
          "step before packet %d of %d".formatted(at, traffic.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 2 * 1_440})
  void shouldNotDependOnFiles(long minutes) throws Exception {
    List<Packet> traffic = traffic();
    for (int at = FIRST; at < LAST; at += 6) {
      List<Packet> stepped = SteppedTraffic.stepped(traffic, at, Duration.ofMinutes(minutes));
      Map<String, JsonNode> expected = documents(stepped);
      List<Path> ring = new ArrayList<>();
      int length = 1 + at % 3;
      for (int from = 0; from < stepped.size(); from += length) {
        ring.add(write(stepped.subList(from, Math.min(stepped.size(), from + length))));
      }
      assertThat(withoutPlaces(CollectedDocuments.of(ring, 1 + at % 2).comparable()))
          .describedAs("step before packet %d, files of %d", at, length)
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldNotDependOnCompression() throws Exception {
    List<Packet> stepped = SteppedTraffic.stepped(traffic(), 40, Duration.ofHours(3));
    Path plain = write(stepped);
    Path zipped = folder.resolve("zipped.pcap.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(plain, out);
    }

    assertThat(withoutPlaces(CollectedDocuments.of(List.of(zipped), 2).comparable()))
        .isEqualTo(withoutPlaces(CollectedDocuments.of(List.of(plain), 1).comparable()));
  }

  /** Whatever a second step does soon after the first. */
  @ParameterizedTest
  @ValueSource(longs = {-20, 20, 3 * 60})
  void shouldChangeNothingButTimesWithTwoSteps(long minutes) throws Exception {
    List<Packet> traffic = traffic();
    List<String> expected = told(traffic, 1);
    for (int at = FIRST; at < LAST; at += 3) {
      for (int behind : new int[] {8, 25}) {
        List<Packet> once = SteppedTraffic.stepped(traffic, at, Duration.ofMinutes(20));
        List<Packet> twice = SteppedTraffic.stepped(once, at + behind, Duration.ofMinutes(minutes));

        assertSame(
            told(twice, 1 + at % 2),
            expected,
            "steps before packets %d and %d".formatted(at, at + behind));
      }
    }
  }

  private static void assertSame(List<String> found, List<String> expected, String what) {
    List<String> surplus = new ArrayList<>(found);
    expected.forEach(surplus::remove);
    List<String> missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    assertThat(surplus).describedAs(what).isEqualTo(missing);
  }

  private List<String> told(List<Packet> packets, int workers) throws Exception {
    CollectedDocuments documents = CollectedDocuments.of(List.of(write(packets)), workers);
    return Stream.of(DocumentKind.FLOW, DocumentKind.ALARM)
        .flatMap(kind -> documents.of(kind).stream())
        .map(ClockSetForwardTest::withoutTimes)
        .sorted()
        .toList();
  }

  private Map<String, JsonNode> documents(List<Packet> packets) throws Exception {
    return withoutPlaces(CollectedDocuments.of(List.of(write(packets)), 1).comparable());
  }

  private static Map<String, JsonNode> withoutPlaces(Map<String, JsonNode> documents) {
    for (JsonNode document : documents.values()) {
      ((ObjectNode) document).remove("log");
      ((ObjectNode) document.path("event")).remove("url");
      ((ObjectNode) document.path("forensics")).remove(List.of("packets", "capture"));
    }
    return documents;
  }

  private static String withoutTimes(JsonNode document) {
    strip(document);
    return document.toString();
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OF_TIME);
      object.remove(OF_PLACE);
      for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        JsonNode value = object.get(name);
        if (value.isTextual()) {
          object.set(name, TextNode.valueOf(value.asText().replaceAll(TIME, "TIME")));
        }
        strip(value);
      }
    } else if (node instanceof ArrayNode) {
      node.forEach(ClockSetForwardTest::strip);
    }
  }

  private Path write(List<Packet> packets) throws Exception {
    return SteppedTraffic.write(folder.resolve("%05d.pcap".formatted(files++)), packets);
  }
}
