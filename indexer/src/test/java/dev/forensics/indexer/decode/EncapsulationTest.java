package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers around one TCP packet, written out by hand from their specifications. */
class EncapsulationTest {
  private static final String MACS = "020000000022 020000000011";
  private static final String FRAME = MACS + "0800";

  /** Padding, a time, the frame's length, an unknown tag without a value, the end. */
  private static final String TAGS = "00 00 0D0400000001 29020036 FE00 01";

  private static final String WIFI =
      "0000 020000000001 020000000002 020000000003 0000 AAAA03 000000 0800";

  static Stream<Arguments> tunnels() {
    return Stream.of(
        tunnel(
            "GRE with checksum, key and sequence",
            Tunnel.GRE,
            7,
            47,
            "B000 0800 12340000 00000007 00000001"),
        tunnel(
            "GRE with source route",
            Tunnel.GRE,
            -1,
            47,
            "4000 0800 00000000 08000004 01020304 00000000"),
        tunnel(
            "PPTP with sequence and acknowledgment",
            Tunnel.GRE,
            0x1234,
            47,
            "3081 880B 0037 1234 00000001 00000002 FF03 0021"),
        tunnel(
            "PPTP with compressed PPP header",
            Tunnel.GRE,
            0x1234,
            47,
            "3001 880B 0034 1234 00000001 21"),
        tunnel("NVGRE", Tunnel.NVGRE, 0xABCDE, 47, "2000 6558 0ABCDE00" + FRAME),
        tunnel("ERSPAN I", Tunnel.ERSPAN, -1, 47, "0000 88BE" + FRAME),
        tunnel(
            "ERSPAN II", Tunnel.ERSPAN, 0x2A5, 47, "1000 88BE 00000001 1005 02A5 00000000" + FRAME),
        tunnel(
            "ERSPAN III with subheader",
            Tunnel.ERSPAN,
            3,
            47,
            "1000 22EB 00000001 2005 0003 00000000 00000001 0000000000000000" + FRAME),
        tunnel("WCCP 2", Tunnel.GRE, -1, 47, "0000 883E 00000000"),
        tunnel("MPLS in GRE", Tunnel.GRE, -1, 47, "0000 8847 00010140"),
        tunnel("MPLS in IP", Tunnel.MPLS, -1, 137, "00010140"),
        tunnel("EtherIP", Tunnel.ETHER_IP, -1, 97, "3000" + FRAME),
        tunnel(
            "L2TPv3 over IP with cookie",
            Tunnel.L2TP,
            0xCAFE,
            115,
            "0000CAFE 1122334455667788" + FRAME),
        udp("L2TPv3 over UDP", Tunnel.L2TP, 0xCAFE, 1701, "00030000 0000CAFE" + FRAME),
        udp(
            "L2TPv2 with all fields",
            Tunnel.L2TP,
            9,
            1701,
            "4A02 0040 0005 0009 0001 0002 0002 0000 FF03 0021"),
        udp("VXLAN with group policy", Tunnel.VXLAN, 0x123456, 4789, "88000010 12345600" + FRAME),
        udp("VXLAN-GPE with IPv4", Tunnel.VXLAN, 5, 4790, "0C000001 00000500"),
        udp("VXLAN-GPE with NSH", Tunnel.VXLAN, 5, 4790, "0C000004 00000500 0FC20201 000005FF"),
        udp(
            "Geneve with options",
            Tunnel.GENEVE,
            5,
            6081,
            "0200 6558 00000500 0000000000000000" + FRAME),
        udp(
            "GTP-U with extension",
            Tunnel.GTP_U,
            0xDEADBEEFL,
            2152,
            "34FF 0034 DEADBEEF 0000 00 85 01000000"),
        udp("TZSP", Tunnel.TZSP, -1, 37008, "0100 0001 01" + FRAME),
        udp("TZSP for transmission, with tags", Tunnel.TZSP, -1, 37008, "0101 0001" + TAGS + FRAME),
        udp("TZSP with IP", Tunnel.TZSP, -1, 37008, "0100 0007 01"),
        udp("TZSP with PPP", Tunnel.TZSP, -1, 37008, "0100 0004 01 FF030021"),
        udp("TZSP with 802.11", Tunnel.TZSP, -1, 37008, "0100 0012 01 0801" + WIFI),
        udp(
            "TZSP with radiotap",
            Tunnel.TZSP,
            -1,
            37008,
            "0100 007E 0A01D6 120106 01 0000 0800 00000000 0801" + WIFI),
        udp("MPLS in UDP", Tunnel.MPLS, -1, 6635, "00010140"));
  }

  private static Arguments tunnel(
      String name, Tunnel tunnel, long id, int protocol, String header) {
    PacketBuilder outer =
        PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").header(0, protocol, hex(header));
    return Arguments.of(name, tunnel, id, outer);
  }

  private static Arguments udp(String name, Tunnel tunnel, long id, int port, String header) {
    PacketBuilder outer =
        PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(4000, port).link(hex(header));
    return Arguments.of(name, tunnel, id, outer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void shouldFindThePacketInsideTheTunnel(
      String name, Tunnel tunnel, long id, PacketBuilder outer) {
    DecodedPacket packet = decodeInside(outer, 1);
    assertThat(packet.tunnel).isEqualTo(tunnel);
    assertThat(packet.tunnelId).isEqualTo(id);
    assertThat(packet.tunnelDepth).isEqualTo(1);
  }

  static Stream<Arguments> links() {
    String snap = "AAAA03 000000 0800";
    String wifi = " 0000 020000000001 020000000002 020000000003 0000 ";
    return Stream.of(
        Arguments.of("802.3 with SNAP", 1, MACS + "0034" + snap),
        Arguments.of("802.3 with IP SAP", 1, MACS + "002F" + "060603"),
        Arguments.of("VN-Tag", 1, MACS + "8926 00000000 0800"),
        Arguments.of("E-Tag", 1, MACS + "893F 000000000000 0800"),
        Arguments.of("802.1ah", 1, MACS + "88E7 00000001" + FRAME),
        Arguments.of("tag 0x9200", 1, MACS + "9200 0005 0800"),
        Arguments.of("PPP without address", 9, "0021"),
        Arguments.of("PPP in Cisco framing", 50, "0F00 0800"),
        Arguments.of("PPP multilink", 9, "FF03 003D C0000001 0021"),
        Arguments.of("pppd", 166, "01 FF03 0021"),
        Arguments.of("PPPoE", 51, "1100 0001 002E 0021"),
        Arguments.of("frame relay", 107, "1841 03 CC"),
        Arguments.of("frame relay with SNAP", 107, "1841 03 00 80 000000 0800"),
        Arguments.of("Cisco frame relay", 107, "1841 0800"),
        Arguments.of("FDDI", 10, "50" + MACS + snap),
        Arguments.of("ATM", 100, snap),
        Arguments.of("bridged ATM with padding", 100, "AAAA03 0080C2 0007 0000" + FRAME),
        Arguments.of("SLIP", 8, "01 450000000000000000000000000000"),
        Arguments.of("TZSP", 128, "0100 0001" + TAGS + FRAME),
        Arguments.of("FireWire", 138, "00".repeat(16) + "0800"),
        Arguments.of("Juniper", 178, "4D474380 0002 0102" + FRAME),
        Arguments.of("Linux cooked LLC", 113, "0000 0001 0006 020000000001 0000 0004" + snap),
        Arguments.of("loopback, swapped", 108, "02000000"),
        Arguments.of("802.11 QoS to the station", 105, "8802" + wifi + "0000" + snap),
        Arguments.of("802.11 with four addresses", 105, "0803" + wifi + "020000000004" + snap),
        Arguments.of("802.11 aggregate", 105, "8801" + wifi + "8000" + MACS + "0034" + snap),
        Arguments.of(
            "radiotap with padding",
            127,
            "0000 0009 02000000 20".replace("0009", "0900") + "8801" + wifi + "0000 0000" + snap),
        Arguments.of("AVS", 163, "80211001 00000040" + "00".repeat(56) + "0801" + wifi + snap),
        Arguments.of("Prism", 119, "44000000" + "00".repeat(140) + "0801" + wifi + snap),
        Arguments.of(
            "PKTAP, big-endian", 258, "0000006C 00000001 00000001" + "00".repeat(96) + FRAME),
        Arguments.of("NFLOG, big-endian", 239, "02 00 0000 0008 000A 00000001 0030 0009"),
        Arguments.of("PPI with Ethernet", 192, "00 00 0800 01000000" + FRAME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("links")
  void shouldFindThePacketBehindTheLinkHeader(String name, int linkType, String header) {
    DecodedPacket packet = decodeInside(PacketBuilder.bare().link(hex(header)), linkType);
    assertThat(packet.ipVersion).isEqualTo(4);
  }

  private static DecodedPacket decodeInside(PacketBuilder outer, int linkType) {
    byte[] frame = outer.ipv4("10.0.0.1", "10.0.0.2").tcp(40000, 443).payload("dear").build();
    DecodedPacket packet = new DecodedPacket();
    PacketDecoder decoder = new PacketDecoder();
    boolean reached = decoder.decode(PacketBuilder.record(frame, linkType, 0), packet);
    assertThat(reached).as("stopped at %s: %s", packet.stopLayer, packet.stopReason).isTrue();
    assertThat(decoder.counters().tunnelFallbacks()).isZero();
    assertThat(Conversations.source(packet)).isEqualTo("10.0.0.1");
    assertThat(Conversations.destination(packet)).isEqualTo("10.0.0.2");
    assertThat(packet.sourcePort).isEqualTo(40000);
    assertThat(packet.destinationPort).isEqualTo(443);
    assertThat(packet.payloadOffset).isEqualTo(frame.length - 4);
    assertThat(packet.payloadLength).isEqualTo(4);
    return packet;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
