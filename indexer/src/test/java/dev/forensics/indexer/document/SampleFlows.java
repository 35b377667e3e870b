package dev.forensics.indexer.document;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.nio.charset.StandardCharsets;

/** Flows of the golden documents. */
final class SampleFlows {
  static final String CLIENT = "192.168.1.10";
  static final String TELEGRAM = "149.154.167.51";
  static final String REQUEST =
      "POST /api HTTP/1.1\r\nHost: \r\nConnection: keep-alive\r\nContent-Length: 40\r\n\r\n";

  private static final long CLIENT_MAC = 0x00005e005301L;
  private static final long SERVER_MAC = 0x00005e005302L;

  private SampleFlows() {}

  /** A request to port 443 and its answer, both in plaintext, opened and closed. */
  static Flow http() {
    RecordedFlow recorded = new RecordedFlow();
    recorded.packet(toServer(PacketBuilder.SYN, 100, 0));
    recorded.packet(toClient(PacketBuilder.SYN | PacketBuilder.ACK, 500, 101));
    recorded.packet(toServer(PacketBuilder.ACK, 101, 501));
    byte[] request = REQUEST.getBytes(StandardCharsets.US_ASCII);
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    recorded.packet(toServer(PacketBuilder.ACK | PacketBuilder.PSH, 101, 501).payload(request));
    int acknowledged = 101 + request.length;
    recorded.packet(
        toClient(PacketBuilder.ACK | PacketBuilder.PSH, 501, acknowledged).payload(answer));
    recorded.packet(
        toServer(PacketBuilder.FIN | PacketBuilder.ACK, acknowledged, 501 + answer.length));
    recorded.packet(
        toClient(PacketBuilder.FIN | PacketBuilder.ACK, 501 + answer.length, acknowledged + 1));
    return recorded.end();
  }

  /** Two requests with the same sequence number, and a RST from outside the window. */
  static Flow conflict() {
    RecordedFlow recorded = new RecordedFlow();
    recorded.packet(toServer(PacketBuilder.SYN, 100, 0));
    recorded.packet(toClient(PacketBuilder.SYN | PacketBuilder.ACK, 500, 101));
    recorded.packet(toServer(PacketBuilder.ACK, 101, 501).payload("GET /decoy HTTP/1.1"));
    recorded.packet(toServer(PacketBuilder.ACK, 101, 501).payload("GET /truth HTTP/1.1"));
    recorded.packet(toClient(PacketBuilder.RST, 900_000_000, 0));
    return recorded.end();
  }

  /** The same conversation joined in its middle at the answer: the protocol knows the opener. */
  static Flow midstream() {
    RecordedFlow recorded = new RecordedFlow();
    recorded.packet(toClient(PacketBuilder.ACK, 501, 200).payload("HTTP/1.1 200 OK\r\n\r\n"));
    Flow flow = recorded.end();
    flow.opener = flow.originatorPort == 443 ? Direction.RESPONDER : Direction.ORIGINATOR;
    return flow;
  }

  /** TLS over IPv6 that goes on in another segment. */
  static Flow tls() {
    RecordedFlow recorded = new RecordedFlow();
    recorded.packet(ipv6(true, PacketBuilder.SYN, 1, 0));
    recorded.packet(ipv6(false, PacketBuilder.SYN | PacketBuilder.ACK, 1, 2));
    recorded.packet(ipv6(true, PacketBuilder.ACK, 2, 2).payload(new byte[] {0x16, 3, 1, 0, 5}));
    Flow flow = recorded.end();
    flow.endReason = EndReason.ACTIVE;
    flow.segment = 2;
    return flow;
  }

  /** A DNS query behind two VLAN tags and a VXLAN tunnel on a port of one's own. */
  static Flow dns() {
    PacketBuilder query =
        PacketBuilder.ethernet(CLIENT_MAC, SERVER_MAC)
            .vlan(100)
            .vlan(200)
            .ipv4("10.0.0.1", "10.0.0.2")
            .vxlan(4096)
            .innerEthernet()
            .ipv4(CLIENT, "198.51.100.53")
            .udp(40_000, 53)
            .payload("query");
    Flow flow = new RecordedFlow().packet(query).end();
    flow.tunnelPort = 4789 << 16 | 14789;
    return flow;
  }

  /** An ICMP message without an answer. */
  static Flow icmp() {
    PacketBuilder unreachable =
        PacketBuilder.ethernet(CLIENT_MAC, SERVER_MAC)
            .ipv4("198.51.100.7", CLIENT)
            .icmp(3, 3)
            .payload(new byte[8]);
    return new RecordedFlow().packet(unreachable).end();
  }

  /** Bytes of no known protocol. */
  static Flow unknown() {
    RecordedFlow recorded = new RecordedFlow();
    recorded.packet(toServer(PacketBuilder.SYN, 100, 0));
    recorded.packet(toClient(PacketBuilder.SYN | PacketBuilder.ACK, 500, 101));
    byte[] noise = {(byte) 0x8f, 0x12, (byte) 0xff, 0x00, 0x41, 0x22, 0x5c};
    recorded.packet(toServer(PacketBuilder.ACK, 101, 501).payload(noise));
    byte[] answer = {0x01, 'o', 'k', ' ', 'b', 'y', 'e', '\n'};
    recorded.packet(toClient(PacketBuilder.ACK, 501, 108).payload(answer));
    recorded.packet(toClient(PacketBuilder.RST, 509, 108));
    return recorded.end();
  }

  private static PacketBuilder toServer(int flags, int sequence, int acknowledgment) {
    return PacketBuilder.ethernet(CLIENT_MAC, SERVER_MAC)
        .ipv4(CLIENT, TELEGRAM)
        .tcp(51_514, 443)
        .flags(flags)
        .sequence(sequence)
        .acknowledgment(acknowledgment);
  }

  private static PacketBuilder toClient(int flags, int sequence, int acknowledgment) {
    return PacketBuilder.ethernet(SERVER_MAC, CLIENT_MAC)
        .ipv4(TELEGRAM, CLIENT)
        .tcp(443, 51_514)
        .flags(flags)
        .sequence(sequence)
        .acknowledgment(acknowledgment);
  }

  private static PacketBuilder ipv6(boolean client, int flags, int sequence, int acknowledgment) {
    String one = "2001:db8::10";
    String other = "2001:67c:4e8:f002::a";
    return PacketBuilder.ethernet()
        .ipv6(client ? one : other, client ? other : one)
        .tcp(client ? 40_000 : 443, client ? 443 : 40_000)
        .flags(flags)
        .sequence(sequence)
        .acknowledgment(acknowledgment);
  }
}
