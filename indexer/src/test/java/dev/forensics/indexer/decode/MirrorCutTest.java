package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.PacketRecord;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets that a mirror or a packet broker cut before it put them into a tunnel: they give what the
 * same bytes give without a tunnel when the capture cuts them.
 */
class MirrorCutTest {
  private static final String MACS = "020000000022 020000000011";

  /** Stands for what the tunnel's header names the inner packet. */
  private static final String TYPE = "TTTT";

  /** The same in PPP. */
  private static final String PPP = "PPPP";

  /** Stands for the length of the inner packet before it was cut, with the PPP field before it. */
  private static final String LENGTH = "LLLL";

  private static final String FRAME = MACS + TYPE;

  /** An IP packet, and the bytes that its first IP header has. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Inner(String name, boolean isV6, byte[] packet) {
    int ipHeader() {
      return isV6 ? 40 : 20;
    }
  }

  private static List<Inner> inners() {
    return Stream.of(false, true)
        .flatMap(
            v6 ->
                Stream.of(
                    inner("TCP", v6, ip -> ip.tcp(40000, 443).sequence(7).payload("GET / ")),
                    inner("UDP", v6, ip -> ip.udp(40000, 53).payload("question")),
                    inner("SCTP", v6, ip -> ip.sctp(40000, 9).payload("chunk")),
                    inner("ICMP", v6, ip -> v6 ? ip.icmpv6(128, 0) : ip.icmp(8, 0)),
                    inner("VXLAN", v6, ip -> web(ip.vxlan(5).innerEthernet())),
                    inner("GRE", v6, ip -> web(ip.gre(5))),
                    inner("IP", v6, MirrorCutTest::web)))
        .toList();
  }

  private static PacketBuilder web(PacketBuilder around) {
    return around.ipv4("10.0.0.3", "10.0.0.4").tcp(40000, 443).payload("GET / HTTP/1.1\r\n");
  }

  private static Inner inner(String name, boolean isV6, UnaryOperator<PacketBuilder> content) {
    PacketBuilder ip =
        isV6
            ? PacketBuilder.bare().ipv6("2001:db8::1", "2001:db8::2")
            : PacketBuilder.bare().ipv4("10.0.0.1", "10.0.0.2");
    return new Inner(name + (isV6 ? " over IPv6" : " over IPv4"), isV6, content.apply(ip).build());
  }

  static Stream<Arguments> tunnels() {
    return Stream.of(
        tunnel("GRE", 47, "0000" + TYPE),
        tunnel("GRE with all fields", 47, "B000" + TYPE + "12340000 00000007 00000001"),
        tunnel("NVGRE", 47, "2000 6558 0ABCDE00" + FRAME),
        tunnel("ERSPAN I", 47, "0000 88BE" + FRAME),
        tunnel("ERSPAN II", 47, "1000 88BE 00000001 1005 02A5 00000000" + FRAME),
        tunnel("ERSPAN II that says so", 47, "1000 88BE 00000001 1005 06A5 00000000" + FRAME),
        tunnel("ERSPAN III", 47, "1000 22EB 00000001 2005 0003 00000000 00000000" + FRAME),
        tunnel("PPTP", 47, "3001 880B" + LENGTH + "1234 00000001" + PPP),
        tunnel("MPLS in GRE", 47, "0000 8847 00010140"),
        tunnel("pseudowire in GRE", 47, "0000 8847 00010140 00000000" + FRAME),
        tunnel("NSH in GRE", 47, "0000 894F 0FC20203 000005FF" + FRAME),
        tunnel("MPLS in IP", 137, "00010140"),
        tunnel("EtherIP", 97, "3000" + FRAME),
        tunnel("L2TPv3 over IP", 115, "0000CAFE" + FRAME),
        udp("L2TPv3 over UDP", 1701, "00030000 0000CAFE" + FRAME),
        udp("L2TPv2", 1701, "4002" + LENGTH + "0005 0009" + PPP),
        udp("VXLAN", 4789, "08000000 12345600" + FRAME),
        udp("VXLAN with a tag", 4789, "08000000 12345600" + MACS + "8100 0007" + TYPE),
        udp("VXLAN with PPPoE", 4789, "08000000 00000500" + MACS + "8864 1100 0001" + LENGTH + PPP),
        udp("VXLAN-GPE", 4790, "0C000003 00000500" + FRAME),
        udp("Geneve with options", 6081, "0200 6558 00000500 0000000000000000" + FRAME),
        udp("Geneve with IP", 6081, "0000" + TYPE + "00000500"),
        udp("GTP-U", 2152, "30FF" + LENGTH + "DEADBEEF"),
        udp("GTP-U with sequence", 2152, "32FF" + LENGTH + "DEADBEEF 00010000"),
        udp("TZSP", 37008, "0100 0001 01" + FRAME),
        udp("TZSP with tags", 37008, "0101 0001 00 00 0D0400000001 29020FA0 50026131 01" + FRAME),
        udp("TZSP with IP", 37008, "0100 0007 01"),
        udp("MPLS in UDP", 6635, "00010140"));
  }

  private static Arguments tunnel(String name, int protocol, String header) {
    return Arguments.of(name, protocol, 0, header.replace(" ", ""));
  }

  private static Arguments udp(String name, int port, String header) {
    return Arguments.of(name, 17, port, header.replace(" ", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void shouldGiveWhatACutWithoutATunnelGives(String name, int protocol, int port, String header) {
    for (Inner inner : inners()) {
      for (int stored = inner.ipHeader(); stored <= inner.packet.length; stored++) {
        byte[] bytes = Arrays.copyOf(inner.packet, stored);
        byte[] frame = around(protocol, port, fill(header, inner), bytes);
        DecodedPacket cut = decode(frame, frame.length);
        DecodedPacket reference = reference(inner, stored);
        String what = "%s of %d bytes".formatted(inner.name, stored);
        assertSame(what, cut, reference);
        if (reference.stopReason == null) {
          int overhead = frame.length - stored - 14;
          assertThat(cut.originalLength - overhead).as(what).isEqualTo(reference.originalLength);
          assertThat(cut.tunnelDepth).isGreaterThan(reference.tunnelDepth);
        }
      }
    }
  }

  /** A broker that slices whole frames and says nothing of it in the record. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void shouldTellASlicedFrame(String name, int protocol, int port, String header) {
    for (Inner inner : inners()) {
      byte[] frame = around(protocol, port, fill(header, inner), inner.packet);
      for (int stored = 34; stored <= frame.length; stored++) {
        byte[] bytes = Arrays.copyOf(frame, stored);
        DecodedPacket sliced = decode(bytes, bytes.length);
        DecodedPacket reference = decode(bytes, frame.length);
        String what = "%s of %d bytes".formatted(inner.name, stored);
        assertSame(what, sliced, reference);
        if (reference.stopReason == null) {
          assertThat(sliced.originalLength).as(what).isEqualTo(reference.originalLength);
        }
      }
    }
  }

  /** Cut within its IP header nothing proves a packet: it belongs to the flow around it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void shouldKeepTheOuterFlowOfWhatIsNoPacket(String name, int protocol, int port, String header) {
    Random random = new Random(20261130);
    for (Inner inner : inners()) {
      for (int round = 0; round < 50; round++) {
        byte[] damaged = Arrays.copyOf(inner.packet, inner.packet.length - 1);
        if (inner.isV6) {
          damaged[8] = (byte) (0x40 + random.nextInt(0x80)); // no address begins like this
        } else {
          damaged[10] ^= (byte) (1 + random.nextInt(255));
          damaged[11] |= 1; // 0 would be a checksum left to the network card
        }
        DecodedPacket packet = decode(around(protocol, port, fill(header, inner), damaged), 0);
        assertThat(packet.stopReason).isNull();
        assertThat(packet.tunnelDepth).as(inner.name).isZero();
        assertThat(packet.capturedLength).isEqualTo(packet.originalLength);
      }
    }
  }

  @Test
  void shouldTellACutTeredoPacket() {
    byte[] packet =
        PacketBuilder.bare().ipv6("2001::1", "2001:db8::2").tcp(40000, 80).payload("GET").build();
    byte[] frame = around(17, 3544, new byte[0], Arrays.copyOf(packet, packet.length - 2));
    DecodedPacket cut = decode(frame, frame.length);
    assertThat(cut.tunnel).isEqualTo(Tunnel.TEREDO);
    assertThat(cut.payloadLength).isEqualTo(1);
    assertThat(cut.payloadWireLength).isEqualTo(3);
    assertThat(cut.originalLength).isEqualTo(frame.length + 2);
  }

  @Test
  void shouldShowTheFlowOfACutFragmentOnce() {
    byte[] packet = web(PacketBuilder.bare()).build();
    packet[6] = 0x20; // more fragments
    packet[10] = 0; // checksum left to the network card
    packet[11] = 0;
    byte[] frame = around(47, 0, fill("00000800", null), Arrays.copyOf(packet, packet.length - 8));
    DecodedPacket cut = decode(frame, frame.length);
    assertThat(cut.destinationPort).isEqualTo(443);
    assertThat(cut.originalLength).isEqualTo(frame.length + 8);
  }

  private static void assertSame(String what, DecodedPacket cut, DecodedPacket reference) {
    assertThat(cut.stopReason).as(what).isEqualTo(reference.stopReason);
    assertThat(cut.stopLayer).as(what).isEqualTo(reference.stopLayer);
    if (reference.stopReason != null) {
      return;
    }
    assertThat(Conversations.source(cut)).as(what).isEqualTo(Conversations.source(reference));
    assertThat(cut.protocol).as(what).isEqualTo(reference.protocol);
    assertThat(cut.sourcePort).as(what).isEqualTo(reference.sourcePort);
    assertThat(cut.destinationPort).as(what).isEqualTo(reference.destinationPort);
    assertThat(cut.sequence).as(what).isEqualTo(reference.sequence);
    assertThat(cut.payloadLength).as(what).isEqualTo(reference.payloadLength);
    assertThat(cut.payloadWireLength).as(what).isEqualTo(reference.payloadWireLength);
    assertThat(cut.capturedLength < cut.originalLength)
        .as(what)
        .isEqualTo(reference.capturedLength < reference.originalLength);
  }

  private static DecodedPacket reference(Inner inner, int stored) {
    byte[] mac = fill((MACS + TYPE).replace(" ", ""), inner);
    byte[] frame = PacketBuilder.bare().link(mac).payload(inner.packet).build();
    return decode(Arrays.copyOf(frame, 14 + stored), frame.length);
  }

  /** The tunnel's own headers are right: it was made of the packet that was cut. */
  private static byte[] around(int protocol, int port, byte[] header, byte[] inner) {
    PacketBuilder outer = PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2");
    PacketBuilder tunnel =
        port == 0 ? outer.header(0, protocol, header) : outer.udp(4000, port).link(header);
    return tunnel.payload(inner).build();
  }

  private static byte[] fill(String header, Inner inner) {
    if (inner == null) {
      return HexFormat.of().parseHex(header);
    }
    boolean hasField = header.contains(PPP);
    int before = header.startsWith("4002") ? 8 + 2 : hasField ? 2 : header.startsWith("32") ? 4 : 0;
    return HexFormat.of()
        .parseHex(
            header
                .replace(TYPE, inner.isV6 ? "86DD" : "0800")
                .replace(PPP, inner.isV6 ? "0057" : "0021")
                .replace(LENGTH, "%04x".formatted(inner.packet.length + before)));
  }

  private static DecodedPacket decode(byte[] frame, int original) {
    // an array of exactly the captured size: a read past it would throw
    PacketRecord record = PacketBuilder.record(frame, 0);
    record.originalLength = Math.max(original, frame.length);
    DecodedPacket packet = new DecodedPacket();
    new PacketDecoder().decode(record, packet);
    return packet;
  }
}
