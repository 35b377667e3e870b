package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.Dating;
import dev.forensics.indexer.capture.PacketRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FragmentReassemblerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] TEXT =
      "0123456789abcdef0123456789ABCDEF0123".getBytes(StandardCharsets.US_ASCII);

  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();
  private long position;

  /** The content of an IPv4 packet: UDP header and TEXT, 44 bytes. */
  private static byte[] content() {
    byte[] whole =
        PacketBuilder.bare().ipv4("10.0.0.1", "10.0.0.2").udp(7, 8).payload(TEXT).build();
    return Arrays.copyOfRange(whole, 20, whole.length);
  }

  private static byte[] fragment(int id, int offset, int end, boolean more) {
    return fragment(id, offset, more, Arrays.copyOfRange(content(), offset, end));
  }

  private static byte[] fragment(int id, int offset, boolean more, byte[] bytes) {
    return PacketBuilder.ethernet()
        .ipv4("10.0.0.1", "10.0.0.2")
        .identification(id)
        .fragment(offset, more)
        .header(0, 17, bytes)
        .padTo(60)
        .build();
  }

  private boolean decode(byte[] frame, long timeNanos) {
    PacketRecord record = PacketBuilder.record(frame, timeNanos);
    record.position = position;
    position += 100;
    return decoder.decode(record, packet);
  }

  private void assertStop(StopReason reason) {
    assertThat(packet.stopLayer).isEqualTo(Layer.IPV4);
    assertThat(packet.stopReason).isEqualTo(reason);
  }

  private void assertWhole() {
    assertThat(packet.reassembled).isTrue();
    assertThat(packet.sourcePort).isEqualTo(7);
    assertThat(packet.destinationPort).isEqualTo(8);
    assertThat(
            Arrays.copyOfRange(
                packet.buffer, packet.payloadOffset, packet.payloadOffset + packet.payloadLength))
        .isEqualTo(TEXT);
    assertThat(packet.payloadWireLength).isEqualTo(TEXT.length);
  }

  @Test
  void shouldPutFragmentsTogetherInAnyOrder() {
    List<byte[]> fragments = new ArrayList<>();
    for (int offset = 0; offset < 44; offset += 8) {
      fragments.add(fragment(1, offset, Math.min(offset + 8, 44), offset + 8 < 44));
    }
    Random random = new Random(20261123);
    for (int round = 0; round < 50; round++) {
      Collections.shuffle(fragments, random);
      for (byte[] frame : fragments.subList(0, 5)) {
        assertThat(decode(frame, SECOND)).isFalse();
        assertStop(StopReason.FRAGMENT_HELD);
      }
      assertThat(decode(fragments.get(5), SECOND)).isTrue();
      assertWhole();
      assertThat(packet.originalLength).isEqualTo(6 * 60);
      assertThat(packet.capturedLength).as("nothing was cut").isEqualTo(6 * 60);
      long last = position - 100;
      assertThat(packet.position).isEqualTo(last);
      assertThat(packet.heldPositions)
          .containsExactly(last - 500, last - 400, last - 300, last - 200, last - 100);
      assertThat(packet.heldCaptureIndexes).hasSize(5);
    }
    assertThat(decoder.fragments().completed()).isEqualTo(50);
    assertThat(decoder.fragments().isHolding()).isFalse();
    assertThat(decoder.fragments().heldBytes()).isZero();
  }

  @Test
  @DisplayName("a fragment whose time is astray came when the sensor's clock says")
  void shouldPutFragmentsOfAnotherTimeTogether() {
    for (long astray : new long[] {5 * SECOND, 4_000_000_000L * SECOND}) {
      decode(fragment(1, 0, 24, true), 2_000_000_000L * SECOND);
      assertThat(decodeAstray(fragment(1, 24, 44, false), astray)).isTrue();
      assertWhole();
      decodeAstray(fragment(2, 0, 24, true), astray);
      assertThat(decode(fragment(2, 24, 44, false), 2_000_000_000L * SECOND)).isTrue();
      assertWhole();
    }
    assertThat(decoder.fragments().isHolding()).isFalse();
  }

  private boolean decodeAstray(byte[] frame, long timeNanos) {
    PacketRecord record = PacketBuilder.record(frame, timeNanos);
    record.dating = Dating.ASTRAY;
    return decoder.decode(record, 2_000_000_000L * SECOND, packet);
  }

  @Test
  void shouldSayWhereAReplayHasToBegin() {
    assertThat(decoder.fragments().oldestPosition()).isEqualTo(-1);
    decoder.startCapture(4);
    decode(fragment(1, 0, 24, true), SECOND);
    decoder.startCapture(5);
    decode(fragment(2, 0, 24, true), SECOND);
    assertThat(decoder.fragments().oldestPosition()).isZero();
    assertThat(decoder.fragments().oldestCaptureIndex()).isEqualTo(4);
    assertThat(decode(fragment(1, 24, 44, false), SECOND)).isTrue();
    assertThat(decoder.fragments().oldestPosition()).isEqualTo(100);
    assertThat(decoder.fragments().oldestCaptureIndex()).isEqualTo(5);
  }

  @Test
  void shouldIgnoreARepeatedFragment() {
    decode(fragment(1, 0, 24, true), SECOND);
    assertThat(decode(fragment(1, 0, 24, true), SECOND)).isFalse();
    assertStop(StopReason.FRAGMENT_REFUSED);
    assertThat(decoder.fragments().duplicates()).isEqualTo(1);
    assertThat(decode(fragment(1, 24, 44, false), SECOND)).isTrue();
    assertWhole();
  }

  @Test
  void shouldRefuseAllOfADatagramWithOverlap() {
    decode(fragment(1, 0, 24, true), SECOND);
    assertThat(decode(fragment(1, 16, 44, false), SECOND)).isFalse();
    assertStop(StopReason.FRAGMENT_REFUSED);
    assertThat(decode(fragment(1, 24, 44, false), SECOND)).isFalse();
    assertStop(StopReason.FRAGMENT_REFUSED);
    assertThat(decoder.fragments().refused()).isEqualTo(1);
    assertThat(decoder.fragments().heldBytes()).isEqualTo(FragmentedDatagram.DATAGRAM_CHARGE);
    // the same id may be used again once the refused one has timed out
    assertThat(decode(fragment(1, 0, 24, true), 40 * SECOND)).isFalse();
    assertStop(StopReason.FRAGMENT_HELD);
  }

  @Test
  void shouldRefuseSameRangeWithOtherContent() {
    decode(fragment(1, 0, 24, true), SECOND);
    decode(fragment(1, 0, true, new byte[24]), SECOND);
    assertStop(StopReason.FRAGMENT_REFUSED);
    assertThat(decoder.fragments().refused()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatCannotBePartOfADatagram() {
    decode(fragment(1, 0, true, new byte[13]), SECOND);
    assertStop(StopReason.FRAGMENT_REFUSED);
    decode(fragment(2, 65528, false, new byte[16]), SECOND);
    assertStop(StopReason.FRAGMENT_REFUSED);
    decode(fragment(3, 24, false, new byte[8]), SECOND);
    decode(fragment(3, 32, false, new byte[8]), SECOND);
    assertStop(StopReason.FRAGMENT_REFUSED);
    decode(fragment(4, 24, true, new byte[8]), SECOND);
    decode(fragment(4, 8, false, new byte[8]), SECOND);
    assertStop(StopReason.FRAGMENT_REFUSED);
  }

  @Test
  void shouldGiveUpByPacketTime() {
    decode(fragment(1, 0, 24, true), SECOND);
    byte[] other = PacketBuilder.ethernet().ipv4("1.1.1.1", "2.2.2.2").udp(1, 2).build();
    decode(other, 32 * SECOND);
    assertThat(decoder.fragments().isHolding()).isTrue();
    decode(other, 32 * SECOND + 1);
    assertThat(decoder.fragments().isHolding()).isFalse();
    assertThat(decoder.fragments().expired()).isEqualTo(1);
  }

  @Test
  @DisplayName("the time between the fragments decides, not whether anybody looked in between")
  void shouldNotJoinWhatIsTooFarApart() {
    byte[] other = PacketBuilder.ethernet().ipv4("1.1.1.1", "2.2.2.2").udp(1, 2).build();
    decode(fragment(1, 0, 24, true), SECOND);
    decode(fragment(2, 0, 24, true), SECOND);
    decode(other, 31 * SECOND + 5);
    assertThat(decode(fragment(1, 24, 44, false), 31 * SECOND)).isTrue();
    assertThat(decode(fragment(2, 24, 44, false), 31 * SECOND + 1)).isFalse();
    assertThat(decoder.fragments().expired()).isEqualTo(1);
  }

  @Test
  @DisplayName("a clock that is set forward ages no fragment, whichever side of it the rest is on")
  void shouldWaitOnOverStepOfTheClock() {
    long step = 10_800 * SECOND;
    byte[] other = PacketBuilder.ethernet().ipv4("1.1.1.1", "2.2.2.2").udp(1, 2).build();
    for (int id = 1; id <= 3; id++) {
      decode(fragment(id, 0, 24, true), SECOND);
    }
    decoder.fragments().setForward(step);
    decode(other, step + 29 * SECOND);
    assertThat(decode(fragment(1, 24, 44, false), step + 30 * SECOND)).isTrue();
    assertThat(decode(fragment(2, 24, 44, false), 30 * SECOND)).isTrue();
    assertThat(decode(fragment(3, 24, 44, false), step + 32 * SECOND)).isFalse();
  }

  @Test
  @DisplayName("refused datagrams, of which nothing is kept, are bounded like the others")
  void shouldForgetRefusedOnes() {
    PacketDecoder small =
        new PacketDecoder(new FragmentLimits(10, 1 << 20, Duration.ofSeconds(30)), 0);
    for (int id = 0; id < 100; id++) {
      small.decode(PacketBuilder.record(fragment(id, 0, 24, true), id), packet);
      small.decode(PacketBuilder.record(fragment(id, 16, 44, false), id), packet);
      assertThat(small.fragments().heldDatagrams()).isLessThanOrEqualTo(10);
    }
    assertThat(small.fragments().refused()).isEqualTo(100);
    assertThat(small.fragments().evicted()).isEqualTo(90);
    assertThat(small.fragments().heldBytes()).isEqualTo(10L * FragmentedDatagram.DATAGRAM_CHARGE);
  }

  @Test
  void shouldHoldNoMoreThanItsBounds() {
    PacketDecoder small =
        new PacketDecoder(new FragmentLimits(10, 8000, Duration.ofSeconds(30)), 0);
    for (int id = 0; id < 100; id++) {
      small.decode(PacketBuilder.record(fragment(id, 0, true, new byte[8]), id), packet);
      assertThat(small.fragments().heldDatagrams()).isLessThanOrEqualTo(10);
    }
    assertThat(small.fragments().evicted()).isEqualTo(90);
    for (int id = 0; id < 100; id++) {
      small.decode(PacketBuilder.record(fragment(id, 64, true, new byte[80]), 100 + id), packet);
      assertThat(small.fragments().heldBytes()).isLessThanOrEqualTo(8000);
    }
  }

  @Test
  void shouldShowTheFlowOfAFirstFragmentThatTheCaptureCut() {
    byte[] frame = fragment(1, 0, 40, true);
    PacketRecord record = PacketBuilder.record(Arrays.copyOf(frame, 50), SECOND);
    record.originalLength = frame.length;
    assertThat(decoder.decode(record, packet)).isTrue();
    assertThat(packet.destinationPort).isEqualTo(8);
    assertThat(packet.reassembled).isFalse();
    assertThat(packet.payloadLength).isEqualTo(8);
    byte[] later = fragment(1, 8, 40, true);
    record = PacketBuilder.record(Arrays.copyOf(later, 50), SECOND);
    record.originalLength = later.length;
    assertThat(decoder.decode(record, packet)).isFalse();
    assertStop(StopReason.FRAGMENT_REFUSED);
  }

  @Test
  void shouldPutIpv6FragmentsTogether() {
    byte[] whole = PacketBuilder.bare().ipv6("::1", "::2").udp(7, 8).payload(TEXT).build();
    byte[] body = Arrays.copyOfRange(whole, 40, whole.length);
    assertThat(decode(fragment6(0, true, Arrays.copyOf(body, 24)), SECOND)).isFalse();
    assertThat(packet.stopLayer).isEqualTo(Layer.IPV6_EXTENSION);
    assertThat(packet.stopReason).isEqualTo(StopReason.FRAGMENT_HELD);
    assertThat(decode(fragment6(24, false, Arrays.copyOfRange(body, 24, 44)), SECOND)).isTrue();
    assertWhole();
    assertThat(packet.ipVersion).isEqualTo(6);
    // an atomic fragment stands alone (RFC 6946)
    assertThat(decode(fragment6(0, false, body), SECOND)).isTrue();
    assertThat(packet.reassembled).isFalse();
    assertThat(packet.payloadLength).isEqualTo(TEXT.length);
  }

  private static byte[] fragment6(int offset, boolean more, byte[] bytes) {
    byte[] header = {0, 0, 0, (byte) (offset | (more ? 1 : 0)), 1, 2, 3, 4};
    return PacketBuilder.ethernet()
        .ipv6("::1", "::2")
        .extension(44, header)
        .header(0, 17, bytes)
        .build();
  }

  @Test
  void shouldKeepTenantsApartByVlan() {
    for (int vlan = 1; vlan <= 2; vlan++) {
      assertThat(decode(tagged(vlan, 0, 24, true), SECOND)).isFalse();
    }
    for (int vlan = 1; vlan <= 2; vlan++) {
      assertThat(decode(tagged(vlan, 24, 44, false), SECOND)).isTrue();
      assertThat(packet.vlanId).isEqualTo(vlan);
      assertWhole();
    }
  }

  private static byte[] tagged(int vlan, int offset, int end, boolean more) {
    return PacketBuilder.ethernet()
        .vlan(vlan)
        .ipv4("10.0.0.1", "10.0.0.2")
        .identification(1)
        .fragment(offset, more)
        .header(0, 17, Arrays.copyOfRange(content(), offset, end))
        .build();
  }
}
