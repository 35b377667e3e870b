package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.PcapngWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.pipeline.RestlessTraffic.Timed;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Captures that were joined end to end, one direction in each, give the documents of the merged
 * capture, whichever comes first and however long they are.
 */
class JoinedSectionsDocumentsTest {
  private static final int CONVERSATIONS = 400;

  @TempDir Path folder;
  private int files;

  @ParameterizedTest
  @CsvSource({"1, 70, 1", "2, 290, 4", "3, 700, 1", "4, 1500, 2", "5, 1500, 4"})
  @DisplayName("sides in two sections, in any order, and in files that rotate")
  void shouldBeTheMergedCapture(long seed, long seconds, int workers) throws Exception {
    List<Timed> all = new RestlessTraffic(seed, "10.1", CONVERSATIONS).packets();
    all.removeIf(packet -> packet.nanos() > seconds * RestlessTraffic.SECOND);
    List<Timed> client = side(all, true);
    List<Timed> server = side(all, false);
    Map<String, JsonNode> merged = documents(List.of(write(section(all))), workers);

    assertThat(merged.keySet()).hasSizeGreaterThan(10).anyMatch(id -> id.startsWith("ALARM"));
    assertThat(client).isNotEmpty();
    assertThat(server).isNotEmpty();
    for (List<List<Timed>> order : List.of(List.of(client, server), List.of(server, client))) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (List<Timed> one : order) {
        joined.writeBytes(section(one));
      }
      OwnPacketsDocumentsTest.compare(
          documents(List.of(write(joined.toByteArray())), workers), merged);
    }
    List<Path> rotating = new ArrayList<>(parts(server));
    rotating.addAll(parts(client));
    OwnPacketsDocumentsTest.compare(documents(rotating, workers), merged);
  }

  /** A side's own ring of captures, joined: its sections are in order, and behind the others. */
  @ParameterizedTest
  @CsvSource({"6, 1", "7, 4"})
  void shouldBeTheMergedCaptureWhereEachSideHasManySections(long seed, int workers)
      throws Exception {
    List<Timed> all = new RestlessTraffic(seed, "10.1", CONVERSATIONS).packets();
    Map<String, JsonNode> merged = documents(List.of(write(section(all))), workers);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (boolean isClient : new boolean[] {false, true}) {
      List<Timed> side = side(all, isClient);
      for (int from = 0; from < side.size(); from += 300) {
        joined.writeBytes(section(side.subList(from, Math.min(side.size(), from + 300))));
      }
    }

    OwnPacketsDocumentsTest.compare(
        documents(List.of(write(joined.toByteArray())), workers), merged);
  }

  /** Chance decides in which capture a packet stands: that is harder than one direction in each. */
  private static List<Timed> side(List<Timed> all, boolean isFirst) {
    SplittableRandom random = new SplittableRandom(all.size());
    boolean[] firsts = new boolean[all.size()];
    IntStream.range(0, firsts.length).forEach(i -> firsts[i] = random.nextBoolean());
    return IntStream.range(0, firsts.length)
        .filter(i -> firsts[i] == isFirst)
        .mapToObj(all::get)
        .toList();
  }

  private List<Path> parts(List<Timed> side) throws Exception {
    List<Path> parts = new ArrayList<>();
    for (int from = 0; from < side.size(); from += 400) {
      parts.add(write(section(side.subList(from, Math.min(side.size(), from + 400)))));
    }
    return parts;
  }

  private static byte[] section(List<Timed> packets) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "")) {
      for (Timed packet : packets) {
        long nanos = WrittenPackets.START_NANOS + packet.nanos();
        writer.write(PacketBuilder.record(packet.frame(), nanos));
      }
    }
    return out.toByteArray();
  }

  private Path write(byte[] capture) throws Exception {
    return Files.write(folder.resolve("capture-" + files++ + ".pcapng"), capture);
  }

  /** Without the places of the packets. */
  private static Map<String, JsonNode> documents(List<Path> captures, int workers)
      throws Exception {
    Map<String, JsonNode> all =
        CollectedDocuments.of(captures, OwnPacketsDocumentsTest.settings(workers)).comparable();
    all.values()
        .forEach(
            document -> {
              ((ObjectNode) document).remove("log");
              ((ObjectNode) document.path("forensics")).remove(List.of("packets", "capture"));
            });
    return all;
  }
}
