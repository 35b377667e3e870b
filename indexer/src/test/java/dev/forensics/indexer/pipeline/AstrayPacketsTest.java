package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A few packets of another time change nothing of what the others give. */
class AstrayPacketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "192.0.2.1";
  private static final String STRANGER = "10.9.9.9";
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: example.test\r\n\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  @TempDir Path folder;
  private int files;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Timed(long nanos, byte[] frame) {
    Timed at(long otherNanos) {
      return new Timed(otherNanos, frame);
    }
  }

  private enum Elsewhen {
    IN_1970(-WrittenPackets.START_NANOS + SECOND),
    IN_2096(Duration.ofDays(70 * 365).toNanos()),
    THREE_HOURS_BEFORE(-Duration.ofHours(3).toNanos()),
    THREE_HOURS_LATER(Duration.ofHours(3).toNanos()),
    TWENTY_MINUTES_LATER(Duration.ofMinutes(20).toNanos());

    private final long shiftNanos;

    Elsewhen(long shiftNanos) {
      this.shiftNanos = shiftNanos;
    }
  }

  static Stream<Elsewhen> elsewhen() {
    return Stream.of(Elsewhen.values());
  }

  /** Of another conversation: one packet, or a question and its answer. */
  @ParameterizedTest
  @MethodSource("elsewhen")
  void changeNothingOfOtherFlows(Elsewhen elsewhen) throws Exception {
    List<Timed> traffic = traffic();
    Map<String, JsonNode> reference = documents(List.of(write(traffic)), 1);
    assertThat(reference).hasSizeGreaterThan(15);
    for (int i = 0; i <= traffic.size(); i += i < 3 || i > traffic.size() - 4 ? 1 : 13) {
      for (int astray = 1; astray <= 2; astray++) {
        List<Timed> with = new ArrayList<>(traffic);
        long nanos = traffic.get(Math.max(0, i - 1)).nanos + elsewhen.shiftNanos;
        with.addAll(i, strangers(nanos).subList(0, astray));

        assertSame(documents(List.of(write(with)), 1 + i % 2), reference);
      }
    }
  }

  /** Wherever the captures of a sensor end. */
  @ParameterizedTest
  @EnumSource(Elsewhen.class)
  void changeNothingInManyFiles(Elsewhen elsewhen) throws Exception {
    List<Timed> traffic = traffic();
    Map<String, JsonNode> reference = documents(List.of(write(traffic)), 1);
    for (int length : new int[] {1, 7}) {
      for (int i = 0; i <= traffic.size(); i += 23) {
        List<Timed> with = new ArrayList<>(traffic);
        long nanos = traffic.get(Math.max(0, i - 1)).nanos + elsewhen.shiftNanos;
        with.addAll(i, strangers(nanos));
        List<Path> ring = new ArrayList<>();
        for (int from = 0; from < with.size(); from += length) {
          ring.add(write(with.subList(from, Math.min(with.size(), from + length))));
        }

        assertSame(documents(ring, 1), reference);
      }
    }
  }

  /** A packet within a connection stays in it. */
  @ParameterizedTest
  @EnumSource(Elsewhen.class)
  void stayInTheirConnection(Elsewhen elsewhen) throws Exception {
    List<Timed> connection = connection(CLIENT, 40_000, 20);
    for (int i = 1; i < connection.size() - 1; i++) {
      List<Timed> moved = new ArrayList<>(connection);
      moved.set(i, moved.get(i).at(moved.get(i).nanos + elsewhen.shiftNanos));
      CollectedDocuments documents = CollectedDocuments.of(List.of(write(moved)), 1);

      assertThat(documents.of(DocumentKind.FLOW)).describedAs("at %d", i).hasSize(1);
      JsonNode flow = documents.of(DocumentKind.FLOW).get(0);
      assertThat(flow.at("/event/duration").asLong()).isLessThan(Duration.ofMinutes(5).toNanos());
      assertThat(flow.at("/source/packets").asInt() + flow.at("/destination/packets").asInt())
          .isEqualTo(connection.size());
      assertThat(documents.of(DocumentKind.ALARM)).hasSize(1);
      JsonNode alarm = documents.of(DocumentKind.ALARM).get(0);
      assertThat(alarm.at("/forensics/alarm/outcome").asText()).isEqualTo("accepted");
      assertThat(alarm.path("@timestamp").asText()).startsWith("2026-11-22T10:1");
    }
  }

  /** A clock that is three hours fast for a while, and set right within a capture. */
  @Test
  void areTheTrafficWhenTheyAreMany() throws Exception {
    List<Timed> traffic = new ArrayList<>();
    long fast = Duration.ofHours(3).toNanos();
    for (int i = 0; i < 60; i++) {
      long shift = i >= 20 && i < 40 ? fast : 0;
      traffic.add(udp(i * 120L * SECOND + shift, CLIENT, 5_000, SERVER, 123));
      traffic.add(udp(i * 120L * SECOND + SECOND + shift, STRANGER, 6_000 + i, SERVER, 123));
    }
    List<JsonNode> flows = CollectedDocuments.of(List.of(write(traffic)), 1).of(DocumentKind.FLOW);

    assertThat(flows)
        .hasSizeBetween(118, 120); // two packets before a step cannot tell that they are right
  }

  /** A clock that is set back amid a capture cuts no connection, whatever it waits for. */
  @ParameterizedTest
  @ValueSource(longs = {20, 180, 2 * 1_440})
  void changeNothingButTimesWhereTheClockIsSetBack(long minutes) throws Exception {
    List<Timed> traffic = new ArrayList<>(connection(CLIENT, 40_000, 20));
    traffic.addAll(connection("10.0.0.3", 40_003, 12).subList(0, 33));
    for (int i = 0; i < 120; i++) {
      traffic.add(udp(i * 2L * SECOND, "10.0.0.2", 7_000 + i % 3, SERVER, 123));
    }
    traffic.sort(Comparator.comparingLong(Timed::nanos));
    List<String> reference = told(CollectedDocuments.of(List.of(write(traffic)), 1));
    for (int step = 8; step < traffic.size() - 8; step += 9) {
      List<Timed> stepped = new ArrayList<>(traffic);
      for (int i = step; i < stepped.size(); i++) {
        Timed packet = stepped.get(i);
        stepped.set(i, packet.at(packet.nanos - Duration.ofMinutes(minutes).toNanos()));
      }
      assertThat(told(CollectedDocuments.of(List.of(write(stepped)), 1 + step % 2)))
          .describedAs("step before packet %d", step)
          .isEqualTo(reference);
    }
  }

  /** What documents tell beside times and places. */
  private static List<String> told(CollectedDocuments documents) {
    Stream<String> flows =
        documents.of(DocumentKind.FLOW).stream()
            .map(
                flow ->
                    "%s %s %s %s"
                        .formatted(
                            flow.at("/source/ip"),
                            flow.at("/source/port"),
                            flow.at("/network/packets"),
                            flow.at("/forensics/flow/end_reason")));
    Stream<String> alarms =
        documents.of(DocumentKind.ALARM).stream()
            .map(
                alarm ->
                    "%s %s %s"
                        .formatted(
                            alarm.at("/source/ip"),
                            alarm.at("/rule/id"),
                            alarm.at("/forensics/alarm/outcome")));
    return Stream.concat(flows, alarms).sorted().toList();
  }

  @Test
  void areToldInTheCapturesEntry() throws Exception {
    List<Timed> traffic = traffic();
    traffic.addAll(30, strangers(Duration.ofDays(20_000).toNanos()));
    JsonNode entry =
        CollectedDocuments.of(List.of(write(traffic)), 1).of(DocumentKind.CAPTURE).get(0);

    assertThat(entry.at("/forensics/capture/clock/astray").asInt()).isEqualTo(2);
    assertThat(entry.at("/event/end").asText()).startsWith("2026-11-22");
  }

  private static void assertSame(Map<String, JsonNode> found, Map<String, JsonNode> expected) {
    Map<String, JsonNode> more = new TreeMap<>(found);
    more.keySet().removeAll(expected.keySet());
    assertThat(more).isEmpty();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    for (Map.Entry<String, JsonNode> document : expected.entrySet()) {
      assertThat(found.get(document.getKey())).isEqualTo(document.getValue());
    }
  }

  /** Flows and alarms without the strangers', and without where their packets stand. */
  private static Map<String, JsonNode> documents(List<Path> paths, int workers) throws Exception {
    Map<String, JsonNode> all = new TreeMap<>();
    CollectedDocuments.of(paths, workers)
        .comparable()
        .forEach(
            (id, document) -> {
              if (!document.path("related").path("ip").toString().contains(STRANGER)) {
                ((ObjectNode) document).remove("log");
                ((ObjectNode) document.path("event")).remove("url");
                ((ObjectNode) document.path("forensics")).remove(List.of("packets", "capture"));
                all.put(id, document);
              }
            });
    return all;
  }

  private static List<Timed> strangers(long nanos) {
    return List.of(
        new Timed(nanos, frame(STRANGER, 5_353, SERVER, 5_353)),
        new Timed(nanos + SECOND / 100, frame(SERVER, 5_353, STRANGER, 5_353)));
  }

  /** A long connection, one that stays unanswered, flows of one tuple ten minutes apart. */
  private static List<Timed> traffic() {
    List<Timed> all = new ArrayList<>(connection(CLIENT, 40_000, 20));
    all.addAll(connection("10.0.0.3", 40_003, 2).subList(0, 4));
    for (int i = 1; i <= 12; i++) {
      all.add(udp(i * 600L * SECOND, CLIENT, 5_000, SERVER, 123));
    }
    all.addAll(
        IntStream.range(0, 30)
            .mapToObj(i -> udp(7_300 * SECOND + i * SECOND, "10.0.0.2", 7_000, SERVER, 123))
            .toList());
    all.sort(Comparator.comparingLong(Timed::nanos));
    return all;
  }

  private static List<Timed> connection(String client, int port, int requests) {
    List<Timed> all = new ArrayList<>();
    int up = 101;
    int down = 501;
    all.add(tcp(0, client, port, SERVER, 443, PacketBuilder.SYN, 100, 0, ""));
    all.add(tcp(1, SERVER, 443, client, port, PacketBuilder.SYN | PacketBuilder.ACK, 500, up, ""));
    all.add(tcp(2, client, port, SERVER, 443, PacketBuilder.ACK, up, down, ""));
    for (int i = 0; i < requests; i++) {
      long millis = 3 + i * 10_000L;
      all.add(tcp(millis, client, port, SERVER, 443, PacketBuilder.ACK, up, down, REQUEST));
      up += REQUEST.length();
      all.add(tcp(millis + 9, SERVER, 443, client, port, PacketBuilder.ACK, down, up, ANSWER));
      down += ANSWER.length();
      all.add(tcp(millis + 10, client, port, SERVER, 443, PacketBuilder.ACK, up, down, ""));
    }
    return all;
  }

  private static Timed tcp(
      long millis,
      String from,
      int fromPort,
      String to,
      int toPort,
      int flags,
      int sequence,
      int acknowledgment,
      String payload) {
    PacketBuilder packet =
        PacketBuilder.ethernet()
            .ipv4(from, to)
            .tcp(fromPort, toPort)
            .flags(flags)
            .sequence(sequence)
            .acknowledgment(acknowledgment)
            .payload(payload);
    return new Timed(WrittenPackets.START_NANOS + millis * 1_000_000L, packet.build());
  }

  private static Timed udp(long nanos, String from, int fromPort, String to, int toPort) {
    return new Timed(WrittenPackets.START_NANOS + nanos, frame(from, fromPort, to, toPort));
  }

  private static byte[] frame(String from, int fromPort, String to, int toPort) {
    return PacketBuilder.ethernet()
        .ipv4(from, to)
        .udp(fromPort, toPort)
        .payload("question")
        .build();
  }

  private Path write(List<Timed> packets) throws IOException {
    Path file = folder.resolve("%05d.pcap".formatted(files++));
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET)) {
      for (Timed packet : packets) {
        writer.write(PacketBuilder.record(packet.frame, packet.nanos));
      }
    }
    return file;
  }
}
