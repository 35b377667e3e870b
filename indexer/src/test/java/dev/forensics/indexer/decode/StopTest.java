package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets that carry no flow, each with the layer and the reason it is counted under. */
class StopTest {
  private static final String MACS = "020000000022020000000011";

  static Stream<Arguments> packets() {
    return Stream.of(
        stop("ARP", 1, MACS + "0806" + "00".repeat(28), Layer.LINK, StopReason.NOT_IP),
        stop("STP", 1, MACS + "0026" + "424203" + "00".repeat(35), Layer.LINK, StopReason.NOT_IP),
        stop("length 1501", 1, MACS + "05DD" + "00".repeat(40), Layer.LINK, StopReason.MALFORMED),
        stop("PPPoE discovery", 1, MACS + "8863110900000000", Layer.LINK, StopReason.NOT_IP),
        stop("PPPoE version 2", 1, MACS + "8864210000010002c021", Layer.PPP, StopReason.MALFORMED),
        stop("LCP", 1, MACS + "8864110000010006c02101010004", Layer.PPP, StopReason.NOT_IP),
        stop(
            "MPLS associated channel",
            1,
            MACS + "88470000D101" + "10" + "00".repeat(30),
            Layer.MPLS,
            StopReason.NOT_IP),
        stop(
            "MPLS without bottom",
            1,
            MACS + "8847" + "00001040".repeat(17),
            Layer.MPLS,
            StopReason.TOO_DEEP),
        stop("IP version 5", 101, "55" + "00".repeat(30), Layer.IPV4, StopReason.MALFORMED),
        stop("IHL 4", 228, "44000014" + "00".repeat(16), Layer.IPV4, StopReason.MALFORMED),
        stop(
            "total length below header",
            228,
            "45000013" + "00".repeat(16),
            Layer.IPV4,
            StopReason.MALFORMED),
        stop("IPv6 type, version 4", 229, "45" + "00".repeat(39), Layer.IPV6, StopReason.MALFORMED),
        stop(
            "AH longer than the packet",
            228,
            "4500002000000000403300000A0000010A000002" + "06FF" + "00".repeat(10),
            Layer.AH,
            StopReason.TOO_SHORT),
        stop(
            "AH below its fixed part",
            228,
            "4500002000000000403300000A0000010A000002" + "0600" + "00".repeat(10),
            Layer.AH,
            StopReason.MALFORMED),
        stop(
            "UDP length 7",
            228,
            "4500001C00000000401100000A0000010A000002" + "0001000200070000",
            Layer.UDP,
            StopReason.MALFORMED),
        stop("encrypted 802.11", 105, "0841" + "00".repeat(40), Layer.LINK, StopReason.NOT_IP),
        stop("TZSP keepalive", 128, "01040000" + "01", Layer.TUNNEL, StopReason.NOT_IP),
        stop("TZSP token ring", 128, "01000002" + "01", Layer.TUNNEL, StopReason.NOT_IP),
        stop("TZSP version 2", 128, "02000001" + "01", Layer.TUNNEL, StopReason.MALFORMED),
        stop("TZSP without an end", 128, "01000001" + "00FF", Layer.TUNNEL, StopReason.TOO_SHORT),
        stop("beacon", 105, "8000" + "00".repeat(40), Layer.LINK, StopReason.NOT_IP),
        stop(
            "AppleTalk in loopback",
            0,
            "10000000" + "00".repeat(20),
            Layer.LINK,
            StopReason.NOT_IP),
        stop("netlink", 113, "00040338" + "00".repeat(30), Layer.LINK, StopReason.NOT_IP),
        stop(
            "NFLOG attribute of 3 bytes",
            239,
            "0200000003000900",
            Layer.LINK,
            StopReason.MALFORMED),
        stop(
            "USER2 that is not PKTAP",
            149,
            "00".repeat(120),
            Layer.LINK,
            StopReason.UNSUPPORTED_LINK_TYPE),
        stop("empty", 1, "", Layer.LINK, StopReason.TOO_SHORT));
  }

  private static Arguments stop(
      String name, int linkType, String hex, Layer layer, StopReason reason) {
    return Arguments.of(name, linkType, HexFormat.of().parseHex(hex), layer, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packets")
  void shouldCountTheStop(String name, int linkType, byte[] frame, Layer layer, StopReason reason) {
    PacketDecoder decoder = new PacketDecoder();
    DecodedPacket packet = new DecodedPacket();
    assertThat(decoder.decode(PacketBuilder.record(frame, linkType, 0), packet)).isFalse();
    assertThat(packet.stopLayer).isEqualTo(layer);
    assertThat(packet.stopReason).isEqualTo(reason);
    assertThat(decoder.counters().stops(layer, reason)).isEqualTo(1);
    assertThat(decoder.counters().packets()).isEqualTo(1);
  }
}
