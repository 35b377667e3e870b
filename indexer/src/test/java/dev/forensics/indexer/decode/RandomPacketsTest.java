package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.PacketRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, decoding ends with a flow or a counted stop, and within the bytes. */
class RandomPacketsTest {
  private static final long SEED = 20261123;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 8, 9, 10, 12, 14, 50, 51, 100, 101, 104, 105, 107, 108, 113, 119, 127, 138, 147, 149,
        163, 166, 178, 192, 204, 205, 206, 228, 229, 239, 240, 258, 276, 65535, -1
      })
  void shouldSurviveRandomBytes(int linkType) {
    Random random = new Random(SEED + linkType);
    PacketDecoder decoder = new PacketDecoder();
    DecodedPacket packet = new DecodedPacket();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      steer(bytes, random);
      check(decoder, bytes, linkType, random, packet);
    }
    assertThat(decoder.counters().packets()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void shouldSurviveDamagedPackets(int which) {
    byte[] sound = sound().get(which);
    Random random = new Random(SEED + which);
    PacketDecoder decoder = new PacketDecoder();
    DecodedPacket packet = new DecodedPacket();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      check(decoder, bytes, 1, random, packet);
    }
    assertThat(decoder.counters().packets()).isEqualTo(50_000);
    assertThat(decoder.counters().decoded()).isPositive();
    assertThat(decoder.counters().stops()).isPositive();
  }

  /** Plants numbers that lead deeper than chance would. */
  private static void steer(byte[] bytes, Random random) {
    int[] seeds = {0x08, 0x00, 0x45, 0x60, 0x86, 0xDD, 0x81, 0x88, 0x47, 0x11, 0x2F, 0x04, 0xAA, 3};
    for (int i = random.nextInt(16); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) seeds[random.nextInt(seeds.length)];
    }
  }

  private static void check(
      PacketDecoder decoder, byte[] bytes, int linkType, Random random, DecodedPacket packet) {
    PacketRecord record = PacketBuilder.record(bytes, linkType, random.nextInt());
    record.originalLength += random.nextBoolean() ? 0 : random.nextInt(2000);
    boolean reached = decoder.decode(record, packet);
    if (!reached) {
      assertThat(packet.stopLayer).isNotNull();
      assertThat(packet.stopReason).isNotNull();
      return;
    }
    assertThat(packet.stopReason).isNull();
    assertThat(packet.payloadOffset).isBetween(0, packet.buffer.length);
    assertThat(packet.payloadLength).isBetween(0, packet.buffer.length - packet.payloadOffset);
    assertThat(packet.payloadWireLength).isGreaterThanOrEqualTo(packet.payloadLength);
  }

  private static List<byte[]> sound() {
    return List.of(
        PacketBuilder.ethernet()
            .vlan(1)
            .ipv4("10.0.0.1", "10.0.0.2")
            .tcp(1, 2)
            .payload("x")
            .build(),
        PacketBuilder.ethernet().ipv6("::1", "::2").extension(0, new byte[8]).udp(1, 2).build(),
        PacketBuilder.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .vxlan(7)
            .innerEthernet()
            .ipv4("10.0.0.3", "10.0.0.4")
            .udp(9, 9)
            .payload("inner")
            .build(),
        PacketBuilder.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .gre(1)
            .ipv6("::1", "::2")
            .sctp(1, 2)
            .build(),
        PacketBuilder.ethernet().pppoe(1).ipv4("10.0.0.1", "10.0.0.2").icmp(8, 0).build(),
        PacketBuilder.ethernet()
            .mpls(1)
            .mpls(2)
            .innerEthernet()
            .ipv6("::1", "::2")
            .tcp(1, 2)
            .build(),
        PacketBuilder.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .fragment(0, true)
            .udp(1, 2)
            .payload(new byte[16])
            .build());
  }
}
