package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages with one to four intact records between them: intact records are read once, since a
 * packet proves itself, whatever is around it. Payloads of zeros and times of whole seconds make
 * heads of records that are none. Where a damaged length leads to a hole or to the end of another
 * record, a few are lost.
 */
class NearDamagesTest {
  private static final int ROUNDS = Integer.getInteger("damage.rounds", 12);
  private static final int SEED = Integer.getInteger("damage.seed", 20261201);
  private static final int RECORDS = 80;

  /** No more bytes than this are believed. */
  private static final int MOST_BYTES = PcapForm.MOST_ORIGINAL;

  @TempDir private Path folder;

  /** What fills the packets. */
  private enum Payload {
    ZEROS,
    TEXT,
    NOISE;

    byte[] of(int length, Random random) {
      byte[] bytes = new byte[length];
      switch (this) {
        case TEXT -> Arrays.fill(bytes, (byte) 'a');
        case NOISE -> random.nextBytes(bytes);
        default -> {}
      }
      return bytes;
    }
  }

  static Stream<Arguments> shapes() {
    return CaptureShape.plain()
        .filter(shape -> !shape.toString().contains("everything"))
        .flatMap(shape -> Stream.of(Payload.values()).map(payload -> Arguments.of(shape, payload)));
  }

  private static List<TestPacket> packets(Payload payload, Random random) {
    List<TestPacket> packets = new ArrayList<>();
    long nanos = TestPacket.START;
    int length = random.nextInt(3) == 0 ? 60 : -1;
    for (int i = 0; i < RECORDS; i++) {
      byte[] bytes =
          packet(i, payload.of(length < 0 ? random.nextInt(700) : length, random), random);
      packets.add(new TestPacket(1, 0, nanos, bytes.length, bytes));
      nanos += 250_000_000L * random.nextInt(5);
    }
    return packets;
  }

  private static byte[] packet(int index, byte[] payload, Random random) {
    PacketBuilder ip =
        switch (random.nextInt(4)) {
          case 0 -> PacketBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2");
          case 1 -> PacketBuilder.ethernet().vlan(7).ipv4("10.0.0.1", "10.0.0.2");
          default -> PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2");
        };
    return ip.udp(1000 + index, 53).payload(payload).build();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsWhatStandsBetween(CaptureShape shape, Payload payload) throws IOException {
    int intact = 0;
    int lost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + 31L * round + payload.name().length());
      List<TestPacket> packets = shape.expected(packets(payload, random));
      byte[] file = shape.file().of(packets);
      List<Integer> borders = Recording.borders(folder.resolve("whole"), file);
      Set<Integer> hit = new TreeSet<>();
      for (int at = 5; at < RECORDS; at += 2 + random.nextInt(4)) {
        hit.add(at);
      }
      byte[] damaged = damaged(file, borders, hit, random);
      lost += lost(packets, hit, damaged, "%s, %s, round %d".formatted(shape, payload, round));
      intact += RECORDS - hit.size();
    }
    // Heads of 24 bytes, of which the last eight may be anything, leave more ways to misread zeros.
    int most = shape.toString().contains("Kuznetzov") ? intact / 10 : intact / 20;
    assertThat(lost).as("of %d intact records", intact).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsSingleRecordsBetweenTwoInsertions(CaptureShape shape, Payload payload)
      throws IOException {
    Random random = new Random(SEED + payload.name().length());
    List<TestPacket> packets = shape.expected(packets(payload, random));
    byte[] file = shape.file().of(packets);
    List<Integer> borders = Recording.borders(folder.resolve("whole"), file);
    Set<Integer> hit = new TreeSet<>();
    for (int at = 5; at < RECORDS; at += at < RECORDS / 2 ? 2 : 7) {
      hit.add(at);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, borders.get(0));
    for (int i = 0; i < RECORDS; i++) {
      int half = hit.contains(i) ? 30 : 0;
      out.write(file, borders.get(i), half);
      out.writeBytes(half > 0 ? new byte[] {1, 0, 0, 0} : new byte[0]);
      out.write(file, borders.get(i) + half, borders.get(i + 1) - borders.get(i) - half);
    }
    out.write(file, borders.get(RECORDS), file.length - borders.get(RECORDS));
    assertThat(lost(packets, hit, out.toByteArray(), shape + ", " + payload)).isZero();
  }

  private static byte[] damaged(
      byte[] file, List<Integer> borders, Set<Integer> hit, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, borders.get(0));
    for (int i = 0; i < RECORDS; i++) {
      byte[] record = Arrays.copyOfRange(file, borders.get(i), borders.get(i + 1));
      out.writeBytes(hit.contains(i) ? damaged(record, random) : record);
    }
    out.write(file, borders.get(RECORDS), file.length - borders.get(RECORDS));
    return out.toByteArray();
  }

  private static byte[] damaged(byte[] record, Random random) {
    int at = random.nextInt(record.length);
    byte[] bytes =
        switch (random.nextInt(4)) {
          case 0 -> new byte[1 + random.nextInt(16)];
          case 1 -> new byte[] {1, 0, 0, 0};
          default -> Payload.NOISE.of(1 + random.nextInt(16), random);
        };
    int lost = random.nextInt(3);
    int from = lost == 0 ? at : Math.min(record.length, at + bytes.length);
    byte[] rest = Arrays.copyOfRange(record, from, record.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(record, 0, at);
    if (lost < 2) { // else they are removed
      out.writeBytes(bytes);
    }
    out.writeBytes(rest);
    return out.toByteArray();
  }

  /** How many of the intact records were not read. */
  private int lost(List<TestPacket> packets, Set<Integer> hit, byte[] damaged, String what)
      throws IOException {
    Recording told = new Recording();
    List<TestPacket> read = told.readAll(Captures.write(folder.resolve("damaged"), damaged));
    Set<TestPacket> original = new HashSet<>(packets);
    List<TestPacket> known = read.stream().filter(original::contains).toList();
    List<TestPacket> there = packets.stream().filter(known::contains).toList();
    assertThat(known).as(what).doesNotHaveDuplicates().isEqualTo(there);
    assertThat(read.size()).as(what).isLessThanOrEqualTo(RECORDS);
    assertThat(read).as(what).noneMatch(packet -> packet.originalLength() > MOST_BYTES);
    assertThat(told.damages.size() + told.failures.size()).as(what).isPositive();
    return (int)
        IntStream.range(0, RECORDS)
            .filter(i -> !hit.contains(i) && !known.contains(packets.get(i)))
            .count();
  }
}
