package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.RestlessTraffic.Timed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents of a flow depend on its own packets: not on the number of workers, nor on the files
 * and batches they lie in, nor on other traffic beside them. -Dorder.seeds=N tries more.
 */
class OwnPacketsDocumentsTest {
  private static final int CONVERSATIONS = 150;
  private static final long LATE = 999_000_000L;

  @TempDir Path folder;
  private int files;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("order.seeds", 4));
  }

  @BeforeEach
  void beginWithoutFiles() {
    files = 0;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotDependOnTheNumberOfWorkers(long seed) throws Exception {
    List<Timed> packets = ended(RestlessTraffic.late(traffic(seed), seed, LATE));
    Path capture = write(packets);
    Map<String, JsonNode> one = documents(List.of(capture), 1);

    assertThat(one.keySet()).anyMatch(id -> id.startsWith("ALARM"));
    assertThat(one.keySet()).anyMatch(id -> id.endsWith("-2"));
    for (int workers = 2; workers <= 4; workers++) {
      compare(documents(List.of(capture), workers), one);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotDependOnOtherTraffic(long seed) throws Exception {
    List<Timed> packets = traffic(seed);
    List<Timed> others = new RestlessTraffic(~seed, "10.2", 3 * CONVERSATIONS).packets();
    Map<String, JsonNode> alone =
        own(List.of(write(ended(RestlessTraffic.late(packets, seed, LATE)))), 1);
    List<Timed> merged =
        RestlessTraffic.late(RestlessTraffic.merged(packets, others), seed + 1, LATE);

    // The same packets have to be late, so only the others come at other times.
    List<Timed> beside = inTheOrderOf(RestlessTraffic.late(packets, seed, LATE), merged);
    compare(own(List.of(write(ended(beside))), 1 + (int) (seed % 3)), alone);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("files that are split anywhere, so that batches end there, too")
  void shouldNotDependOnFiles(long seed) throws Exception {
    List<Timed> packets = ended(traffic(seed));
    Map<String, JsonNode> whole = own(List.of(write(packets)), 1);
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> parts = new ArrayList<>();
    int from = 0;
    while (from < packets.size()) {
      int to = Math.min(packets.size(), from + random.nextInt(1, 200));
      parts.add(write(packets.subList(from, to)));
      from = to;
    }
    compare(own(parts, 1), whole);
    compare(own(parts, 3), whole);
  }

  @Test
  @DisplayName("an answer after 10 s is heard whether or not somebody else sends in between")
  void shouldHearTheEndOfAFlowBeforeALaterDeadline() throws Exception {
    List<Timed> quiet = exchange();
    quiet.add(other(120));
    List<Timed> busy = exchange();
    busy.add(other(10));
    busy.add(other(120));

    Map<String, JsonNode> documents = own(List.of(write(quiet)), 1);
    assertThat(documents.values())
        .filteredOn(document -> document.at("/event/kind").asText().equals("alert"))
        .extracting(document -> document.at("/forensics/alarm/outcome").asText())
        .containsExactly("accepted");
    for (int workers = 1; workers <= 4; workers++) {
      compare(own(List.of(write(busy)), workers), documents);
    }
  }

  private static List<Timed> exchange() {
    WrittenPackets.Conversation c =
        new WrittenPackets.Conversation("10.1.0.2", 20001, "198.51.1.7");
    List<Timed> all = new ArrayList<>();
    byte[][] frames = {
      c.client(2, ""),
      c.server(18, ""),
      c.client(16, ""),
      c.client(24, "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"),
      c.client(24, "body"),
      c.server(24, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
      c.client(17, ""),
      c.server(17, ""),
      c.client(16, "")
    };
    for (byte[] frame : frames) {
      all.add(new Timed(all.size() * 1_000_000L, frame));
    }
    return all;
  }

  private static Timed other(long second) {
    return RestlessTraffic.last().at(second * RestlessTraffic.SECOND);
  }

  private static List<Timed> traffic(long seed) {
    return new RestlessTraffic(seed, "10.1", CONVERSATIONS).packets();
  }

  private static List<Timed> ended(List<Timed> packets) {
    List<Timed> all = new ArrayList<>(packets);
    all.add(RestlessTraffic.last());
    return all;
  }

  /** Brings those of the packets that are among the first list into its order. */
  private static List<Timed> inTheOrderOf(List<Timed> order, List<Timed> packets) {
    java.util.Set<Timed> own = new java.util.HashSet<>(order);
    java.util.Iterator<Timed> next = order.iterator();
    return packets.stream().map(packet -> own.contains(packet) ? next.next() : packet).toList();
  }

  private Path write(List<Timed> packets) throws Exception {
    return RestlessTraffic.write(packets, folder.resolve("capture-" + files++ + ".pcap"));
  }

  private static Map<String, JsonNode> documents(List<Path> captures, int workers)
      throws Exception {
    return CollectedDocuments.of(captures, settings(workers)).comparable();
  }

  /** The defaults, but flows are cut into segments after 400 s. */
  static SensorSettings settings(int workers) {
    FlowSettings d = FlowSettings.defaults();
    FlowSettings flow =
        new FlowSettings(
            d.maxFlows(),
            d.maxBytes(),
            d.tcpIdle(),
            d.udpIdle(),
            d.icmpIdle(),
            d.otherIdle(),
            d.closedLinger(),
            Duration.ofSeconds(400),
            d.reassemblyBytesPerDirection(),
            d.reassemblyBytesTotal(),
            d.packetPointers(),
            d.vlanInKey(),
            d.tunnelInKey());
    SensorSettings defaults = SensorSettings.defaults("test");
    return new SensorSettings("test", workers, flow, defaults.detection());
  }

  /** Those of the traffic itself, without the places of their packets. */
  private static Map<String, JsonNode> own(List<Path> captures, int workers) throws Exception {
    Map<String, JsonNode> own = new TreeMap<>();
    documents(captures, workers)
        .forEach(
            (id, document) -> {
              boolean isOwn = document.at("/source/ip").asText().startsWith("10.1.");
              if (isOwn || document.at("/destination/ip").asText().startsWith("10.1.")) {
                ((ObjectNode) document).remove("log");
                ((ObjectNode) document.path("forensics")).remove(List.of("packets", "capture"));
                own.put(id, document);
              }
            });
    assertThat(own).hasSizeGreaterThan(1);
    return own;
  }

  /** Says only what differs: the documents are many and long. */
  static void compare(Map<String, JsonNode> actual, Map<String, JsonNode> expected) {
    List<String> surplus = new ArrayList<>();
    actual.forEach((id, d) -> surplus.add(d.equals(expected.get(id)) ? "" : id + " " + d));
    List<String> missing = new ArrayList<>();
    expected.forEach((id, d) -> missing.add(d.equals(actual.get(id)) ? "" : id + " " + d));
    assertThat(surplus.stream().filter(line -> !line.isEmpty()).findFirst())
        .isEqualTo(missing.stream().filter(line -> !line.isEmpty()).findFirst());
  }
}
