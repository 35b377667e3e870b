package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.PacketRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every header cut at every byte: with the rest missing from the capture it is TRUNCATED, with the
 * rest missing on the wire it is TOO_SHORT, at the header's own layer. Behind an IP header it is
 * that header which says what was on the wire.
 */
class HeaderTruncationTest {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;

  static Stream<Arguments> headers() {
    return Stream.of(
        header("Ethernet", 1, Layer.LINK, 0, 14, eth().ipv4("1.1.1.1", "2.2.2.2").udp(1, 2)),
        header("VLAN", 1, Layer.VLAN, 14, 4, eth().vlan(5).ipv4("1.1.1.1", "2.2.2.2").udp(1, 2)),
        header("MPLS", 1, Layer.MPLS, 14, 4, eth().mpls(5).ipv4("1.1.1.1", "2.2.2.2").udp(1, 2)),
        header("PPPoE", 1, Layer.PPP, 14, 6, eth().pppoe(5).ipv4("1.1.1.1", "2.2.2.2").udp(1, 2)),
        header("PPP", 1, Layer.PPP, 20, 2, eth().pppoe(5).ipv4("1.1.1.1", "2.2.2.2").udp(1, 2)),
        header("IPv4", 1, Layer.IPV4, 14, 20, ip().tcp(1, 2)),
        header("IPv4 options", 1, Layer.IPV4, 34, 8, options().tcp(1, 2)),
        header("IPv6", 1, Layer.IPV6, 14, 40, eth().ipv6("::1", "::2").tcp(1, 2)),
        header("hop-by-hop", 1, Layer.IPV6_EXTENSION, 54, 8, hopByHop().tcp(1, 2)),
        header("AH", 1, Layer.AH, 34, 16, authenticated().tcp(1, 2)),
        header("TCP", 1, Layer.TCP, 34, 20, ip().tcp(1, 2)),
        header("UDP", 1, Layer.UDP, 34, 8, ip().udp(1, 2)),
        header("SCTP", 1, Layer.SCTP, 34, 12, ip().sctp(1, 2)),
        header("ICMP", 1, Layer.ICMP, 34, 4, ip().icmp(8, 0)),
        header("ICMPv6", 1, Layer.ICMP, 54, 4, eth().ipv6("::1", "::2").icmpv6(128, 0)),
        header("SLL", 113, Layer.LINK, 0, 16, link(16, 14)),
        header("SLL2", 276, Layer.LINK, 0, 20, link(20, 0)),
        header("C-HDLC", 104, Layer.LINK, 0, 4, link(4, 2)),
        header("null", 0, Layer.LINK, 0, 4, nullFamily()),
        header("PPP link", 9, Layer.PPP, 0, 4, pppLink()),
        header("802.11", 105, Layer.LINK, 0, 24, wifi()),
        header("LLC/SNAP", 105, Layer.LINK, 24, 8, wifi()),
        header("PPI", 192, Layer.LINK, 0, 8, ppi()),
        header("PKTAP", 258, Layer.LINK, 0, 108, pktap()),
        header("NFLOG", 239, Layer.LINK, 0, 8, nflog()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void shouldStopAtTheHeaderThatIsCut(
      String name, int linkType, Layer layer, int start, int length, byte[] frame) {
    assertThat(decode(frame, frame.length, frame.length, linkType).stopReason).isNull();
    for (int stored = start; stored < start + length; stored++) {
      DecodedPacket cut = decode(frame, stored, frame.length, linkType);
      assertThat(cut.stopLayer).as("%s cut at %d", name, stored).isEqualTo(layer);
      assertThat(cut.stopReason).isEqualTo(StopReason.TRUNCATED);
      boolean isBehindIp = linkType == 1 && start >= ETHERNET + IPV4;
      DecodedPacket brief = decode(frame, stored, stored, linkType);
      assertThat(brief.stopLayer).as("%s of %d bytes", name, stored).isEqualTo(layer);
      assertThat(brief.stopReason)
          .isEqualTo(isBehindIp ? StopReason.TRUNCATED : StopReason.TOO_SHORT);
      if (isBehindIp && layer != Layer.IPV4) {
        DecodedPacket admitted = decode(ending(frame, stored), stored, stored, linkType);
        assertThat(admitted.stopLayer).isEqualTo(layer);
        assertThat(admitted.stopReason).isEqualTo(StopReason.TOO_SHORT);
      }
    }
  }

  /** The frame with an IP header that lets its packet end here. */
  private static byte[] ending(byte[] frame, int end) {
    byte[] shorter = frame.clone();
    boolean isV4 = shorter[ETHERNET] >>> 4 == 4;
    int at = isV4 ? ETHERNET + 2 : ETHERNET + 4;
    int length = isV4 ? end - ETHERNET : end - ETHERNET - 40;
    ByteBuffer.wrap(shorter).putShort(at, (short) length);
    return shorter;
  }

  private static DecodedPacket decode(byte[] frame, int captured, int original, int linkType) {
    // an array of exactly the captured size: a read past it would throw
    PacketRecord record = PacketBuilder.record(Arrays.copyOf(frame, captured), linkType, 0);
    record.originalLength = original;
    DecodedPacket packet = new DecodedPacket();
    boolean reached = new PacketDecoder().decode(record, packet);
    assertThat(reached).isEqualTo(packet.stopReason == null);
    return packet;
  }

  private static Arguments header(
      String name, int linkType, Layer layer, int start, int length, PacketBuilder packet) {
    return Arguments.of(name, linkType, layer, start, length, packet.payload("payload").build());
  }

  private static PacketBuilder eth() {
    return PacketBuilder.ethernet();
  }

  private static PacketBuilder ip() {
    return eth().ipv4("10.0.0.1", "10.0.0.2");
  }

  private static PacketBuilder options() {
    return eth().ipv4("10.0.0.1", "10.0.0.2", new byte[] {1, 1, 1, 1, 1, 1, 1, 0});
  }

  private static PacketBuilder hopByHop() {
    return eth().ipv6("::1", "::2").extension(0, new byte[8]);
  }

  private static PacketBuilder authenticated() {
    byte[] header = new byte[16];
    header[1] = 2;
    return ip().extension(51, header);
  }

  private static PacketBuilder bareIp(byte[] link) {
    return PacketBuilder.bare().link(link).ipv4("10.0.0.1", "10.0.0.2").udp(1, 2);
  }

  private static PacketBuilder link(int length, int typeOffset) {
    byte[] header = new byte[length];
    header[typeOffset] = 8;
    return bareIp(header);
  }

  private static PacketBuilder nullFamily() {
    return bareIp(new byte[] {2, 0, 0, 0});
  }

  private static PacketBuilder pppLink() {
    return bareIp(new byte[] {(byte) 0xFF, 3, 0, 0x21});
  }

  private static PacketBuilder wifi() {
    byte[] header = new byte[32];
    header[0] = 8;
    header[24] = (byte) 0xAA;
    header[25] = (byte) 0xAA;
    header[26] = 3;
    header[30] = 8;
    return bareIp(header);
  }

  private static PacketBuilder ppi() {
    byte[] header = new byte[8];
    header[2] = 8;
    header[4] = 101;
    return bareIp(header);
  }

  private static PacketBuilder pktap() {
    byte[] header = new byte[108];
    header[0] = 108;
    header[4] = 1;
    header[8] = 101;
    return bareIp(header);
  }

  private static PacketBuilder nflog() {
    int payload = 4 + IPV4 + 8 + "payload".length();
    return bareIp(new byte[] {2, 0, 0, 0, (byte) payload, 0, 9, 0});
  }
}
