package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.pipeline.RestlessTraffic.Timed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A capture that holds packets twice gives the documents that it gives without that, apart from the
 * number of copies, and none with an id that was used. -Dorder.seeds=N tries more.
 */
class RepeatedPacketsTest {
  private static final int CONVERSATIONS = 120;
  private static final long YEAR_SECONDS = 365 * 86_400L;

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(100, 100 + Integer.getInteger("order.seeds", 3));
  }

  @ParameterizedTest
  @CsvSource({"0", "3000", "900000", "20000000", "700000000", "2000000000", "4990000000"})
  @DisplayName("each packet twice, the copy so many nanoseconds later")
  void shouldIgnoreCopiesThatComeLater(long delay) throws Exception {
    List<Timed> clean = traffic(delay % 97);
    List<Timed> copies = clean.stream().map(packet -> packet.at(packet.nanos() + delay)).toList();
    compare(List.of(write(RestlessTraffic.merged(clean, copies))), clean);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("the capture once more behind its end, and again")
  void shouldIgnoreACaptureThatWasAppendedToItself(long seed) throws Exception {
    List<Timed> clean = traffic(seed);
    List<Timed> all = new ArrayList<>(clean);
    all.addAll(clean);
    compare(List.of(write(all)), clean);
    all.addAll(clean);
    compare(List.of(write(all)), clean);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4", "6"})
  @DisplayName("the capture once more behind its end, which has few packets of years later")
  void shouldKnowFlowsAgainWhoseTimeWasNotBelieved(int late) throws Exception {
    List<Timed> all = new ArrayList<>();
    for (int i = 0; i < 8 + late; i++) {
      all.add(datagram(30_000 + i, i + (i < 8 ? 0 : 3 * YEAR_SECONDS)));
    }
    Set<String> expected = documents(List.of(write(all)), 1).keySet();
    all.addAll(List.copyOf(all));
    for (int workers = 1; workers <= 2; workers++) {
      assertThat(documents(List.of(write(all)), workers)).containsOnlyKeys(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"-50", "70"})
  @DisplayName("a connection once more behind its end, with a packet so many years off in it")
  void shouldKnowAPacketAgainWhoseTimeIsAstray(int years) throws Exception {
    List<Timed> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long second = i == 3 ? years * YEAR_SECONDS : i;
      PacketBuilder packet = PacketBuilder.ethernet().ipv4("10.1.0.1", "10.1.0.2").tcp(30_000, 9);
      packet.flags(i == 0 ? PacketBuilder.SYN : PacketBuilder.ACK).sequence(i).payload("h");
      all.add(new Timed(second * RestlessTraffic.SECOND, packet.build()));
    }
    Map<String, JsonNode> expected = documents(List.of(write(all)), 1);
    all.addAll(List.copyOf(all));
    for (int workers = 1; workers <= 2; workers++) {
      assertThat(documents(List.of(write(all)), workers)).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("a connection that is still open once more, its packets seconds apart")
  void shouldKnowAnOpenConnectionAgainWhoseBeginningIsFarBack() throws Exception {
    List<Timed> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      PacketBuilder packet = PacketBuilder.ethernet().ipv4("10.1.0.1", "10.1.0.2").tcp(30_000, 9);
      packet.flags(i == 0 ? PacketBuilder.SYN : PacketBuilder.ACK).sequence(i).payload("h");
      all.add(new Timed(2L * i * RestlessTraffic.SECOND, packet.build()));
    }
    Map<String, JsonNode> expected = documents(List.of(write(all)), 1);
    all.addAll(List.copyOf(all));
    for (int workers = 1; workers <= 2; workers++) {
      assertThat(documents(List.of(write(all)), workers)).isEqualTo(expected);
    }
  }

  private static Timed datagram(int port, long second) {
    PacketBuilder packet = PacketBuilder.ethernet().ipv4("10.1.0.1", "10.1.0.2").udp(port, 9);
    return new Timed(second * RestlessTraffic.SECOND, packet.payload("hello").build());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("a part of the capture once more behind its end, from its first packet on")
  void shouldGoOnBehindARepetition(long seed) throws Exception {
    List<Timed> clean = traffic(seed);
    int half = clean.size() / 2;
    List<Timed> all = new ArrayList<>(clean.subList(0, half));
    all.addAll(clean.subList(0, half));
    all.addAll(clean.subList(half, clean.size()));
    compare(List.of(write(all)), clean);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("another file with the same packets but for the first")
  void shouldIgnoreTheSamePacketsInAnotherFile(long seed) throws Exception {
    List<Timed> clean = traffic(seed);
    Path whole = write(clean);
    Path other = RestlessTraffic.write(clean.subList(1, clean.size()), folder.resolve("b.pcap"));
    compare(List.of(whole, other), clean);
  }

  private void compare(List<Path> captures, List<Timed> clean) throws Exception {
    List<Timed> ended = new ArrayList<>(clean);
    ended.addAll(last());
    Path reference = RestlessTraffic.write(ended, folder.resolve("clean.pcap"));
    Path end = RestlessTraffic.write(last(), folder.resolve("end.pcap"));
    Map<String, JsonNode> expected = documents(List.of(reference), 1);
    List<Path> all = new ArrayList<>(captures);
    all.add(end);
    for (int workers = 1; workers <= 2; workers++) {
      OwnPacketsDocumentsTest.compare(documents(all, workers), expected);
    }
  }

  /** Without the number of copies and the places of the packets; fails when an id comes twice. */
  private static Map<String, JsonNode> documents(List<Path> captures, int workers)
      throws Exception {
    CollectedDocuments collected =
        CollectedDocuments.of(captures, OwnPacketsDocumentsTest.settings(workers));
    Map<String, JsonNode> documents = new TreeMap<>(collected.comparable());
    assertThat(documents).hasSize(collected.size() - captures.size());
    documents
        .values()
        .forEach(
            document -> {
              ((ObjectNode) document).remove("log");
              ((ObjectNode) document.path("forensics")).remove(List.of("packets", "capture"));
              ((ObjectNode) document.at("/forensics/quality")).remove("duplicates");
            });
    return documents;
  }

  /** So many that the sensor's clock believes them. */
  private static List<Timed> last() {
    List<Timed> packets = new ArrayList<>();
    for (int second = 6; second <= 100; second++) {
      long nanos = RestlessTraffic.last().nanos() + second * RestlessTraffic.SECOND;
      packets.add(RestlessTraffic.last().at(nanos));
    }
    return packets;
  }

  private static List<Timed> traffic(long seed) {
    return new RestlessTraffic(seed, "10.1", CONVERSATIONS).packets();
  }

  private Path write(List<Timed> packets) throws Exception {
    return RestlessTraffic.write(packets, folder.resolve("capture.pcap"));
  }
}
