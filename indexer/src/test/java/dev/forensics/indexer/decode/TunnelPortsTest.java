package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelPortsTest {
  private static final String FRAME = "020000000022 020000000011 0800";
  private static final int OWN = 14789;

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("vxlan", Tunnel.VXLAN, "08000000 12345600" + FRAME),
        Arguments.of("vxlan_gpe", Tunnel.VXLAN, "0C000001 00000500"),
        Arguments.of("geneve", Tunnel.GENEVE, "0000 6558 00000500" + FRAME),
        Arguments.of("tzsp", Tunnel.TZSP, "0100 0001 01" + FRAME),
        Arguments.of("gtp_u", Tunnel.GTP_U, "30FF 002C DEADBEEF"),
        Arguments.of("l2tp", Tunnel.L2TP, "00030000 0000CAFE" + FRAME),
        Arguments.of("mpls", Tunnel.MPLS, "00010140"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void shouldLookIntoTheTunnelOnItsPortOnly(String name, Tunnel tunnel, String header) {
    TunnelPorts ports = TunnelPorts.NONE.with(name, OWN);

    DecodedPacket inside = decode(ports, 4000, OWN, header);
    assertThat(inside.tunnel).isEqualTo(tunnel);
    assertThat(inside.destinationPort).isEqualTo(443);
    assertThat(TunnelPorts.text(inside.tunnelPort)).isEqualTo(name + "/14789");
    assertThat(TunnelPorts.NONE.with(TunnelPorts.text(inside.tunnelPort))).isEqualTo(ports);

    assertIsOuter(decode(ports, 4000, OWN + 1, header));
    assertIsOuter(decode(TunnelPorts.NONE, 4000, OWN, header));
    // any label is MPLS's: there the stack has no bottom
    String other = name.equals("mpls") ? "00010040" : header.replaceFirst("..", "FF");
    assertIsOuter(decode(ports, 4000, OWN, other));
  }

  private static void assertIsOuter(DecodedPacket packet) {
    assertThat(packet.tunnelDepth).isZero();
    assertThat(packet.tunnelPort).isZero();
    assertThat(packet.sourcePort).isEqualTo(4000);
  }

  /** Where both sides use the port, answers come from it. */
  @Test
  void shouldLookIntoAnswers() {
    String header = "30FF 002C DEADBEEF";
    assertThat(decode(TunnelPorts.NONE.with("gtp_u", OWN), OWN, 5000, header).tunnel)
        .isEqualTo(Tunnel.GTP_U);
    String vxlan = "08000000 12345600" + FRAME;
    assertThat(decode(TunnelPorts.NONE.with("vxlan", OWN), OWN, 5000, vxlan).tunnelDepth).isZero();
  }

  private static DecodedPacket decode(TunnelPorts ports, int from, int to, String header) {
    byte[] frame =
        PacketBuilder.ethernet()
            .ipv4("192.0.2.1", "192.0.2.2")
            .udp(from, to)
            .link(HexFormat.of().parseHex(header.replace(" ", "")))
            .ipv4("10.0.0.1", "10.0.0.2")
            .tcp(40000, 443)
            .payload("dear")
            .build();
    DecodedPacket packet = new DecodedPacket();
    assertThat(new PacketDecoder(ports).decode(PacketBuilder.record(frame, 0), packet)).isTrue();
    return packet;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vxlan/0",
        "vxlan/65536",
        "vxlan/6081",
        "geneve/8472",
        "gre/5",
        "vxlan",
        "tzsp/-1"
      })
  void shouldRefuse(String text) {
    assertThatThrownBy(() -> TunnelPorts.NONE.with(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseAPortForTwoTunnelsAndTooMany() {
    TunnelPorts one = TunnelPorts.NONE.with("vxlan", OWN);
    assertThat(one.with("vxlan", OWN)).isEqualTo(one);
    assertThat(one.with("vxlan", 4789)).isEqualTo(one);
    assertThatThrownBy(() -> one.with("geneve", OWN)).hasMessage("port 14789 is that of vxlan");
    TunnelPorts most = one;
    for (int port = 20_000; port < 20_000 + TunnelPorts.MOST - 1; port++) {
      most = most.with("tzsp", port);
    }
    TunnelPorts all = most;
    assertThatThrownBy(() -> all.with("tzsp", 30_000)).hasMessage("more than 64 ports");
  }
}
