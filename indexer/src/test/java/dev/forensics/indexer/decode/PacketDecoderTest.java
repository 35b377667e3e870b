package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.PacketRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();

  private boolean decode(PacketBuilder builder) {
    return decoder.decode(PacketBuilder.record(builder.build(), 1_000), packet);
  }

  private static PacketBuilder ip() {
    return PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2");
  }

  @Test
  void shouldFillEveryFieldOfATcpPacket() {
    byte[] frame =
        PacketBuilder.ethernet(0x0A0B0C0D0E0FL, 0xF0F1F2F3F4F5L)
            .vlan(0x88A8, 7)
            .vlan(9)
            .ipv4("10.0.0.1", "255.0.0.2")
            .ttl(33)
            .identification(0xBEEF)
            .tcp(50000, 443)
            .sequence(-5)
            .acknowledgment(77)
            .flags(PacketBuilder.PSH | PacketBuilder.ACK)
            .window(4096)
            .payload("hello")
            .build();
    PacketRecord record = PacketBuilder.record(frame, 5_000);
    record.position = 4711;
    decoder.startCapture(3);
    assertThat(decoder.decode(record, packet)).isTrue();
    assertThat(packet)
        .usingRecursiveComparison()
        .ignoringFields("flowHash", "sourceHash", "transportChecksum")
        .isEqualTo(expected(record));
    assertThat(packet.transportChecksum).isEqualTo(ByteBuffer.wrap(frame).getShort(58) & 0xFFFF);
  }

  private static DecodedPacket expected(PacketRecord record) {
    DecodedPacket all = new DecodedPacket();
    all.buffer = record.buffer;
    all.capturedLength = 67;
    all.originalLength = 67;
    all.timestampNanos = 5_000;
    all.clockNanos = 5_000;
    all.captureIndex = 3;
    all.position = 4711;
    all.sourceMac = 0x0A0B0C0D0E0FL;
    all.destinationMac = 0xF0F1F2F3F4F5L;
    all.vlanId = 7;
    all.innerVlanId = 9;
    all.tunnelId = DecodedPacket.NONE;
    all.ipVersion = 4;
    all.sourceLow = 0x0A000001L;
    all.destinationLow = 0xFF000002L;
    all.protocol = 6;
    all.identification = 0xBEEF;
    all.ttl = 33;
    all.sourcePort = 50000;
    all.destinationPort = 443;
    all.sequence = -5;
    all.acknowledgment = 77;
    all.tcpFlags = 0x18;
    all.window = 4096;
    all.payloadOffset = 62;
    all.payloadLength = 5;
    all.payloadWireLength = 5;
    return all;
  }

  @Test
  void shouldLeaveNothingOfThePacketBefore() {
    DecodedPacket fresh = new DecodedPacket();
    byte[] arp = PacketBuilder.ethernet().header(0x0806, 0, new byte[28]).build();
    new PacketDecoder().decode(PacketBuilder.record(arp, 1_000), fresh);
    decode(
        PacketBuilder.ethernet()
            .vlan(1)
            .vlan(2)
            .ipv6("2001:db8::1", "2001:db8::2")
            .udp(1, 4789)
            .payload(new byte[8])
            .payload("x"));
    decode(ip().tcp(1, 2).sequence(9).payload("data"));
    decoder.decode(PacketBuilder.record(arp, 1_000), packet);
    assertThat(packet).usingRecursiveComparison().isEqualTo(fresh);
    assertThat(packet.stopReason).isEqualTo(StopReason.NOT_IP);
  }

  @Test
  void shouldKeepTheSensorsClockWhenPacketsComeLate() {
    byte[] frame = ip().udp(1, 2).build();
    decoder.decode(PacketBuilder.record(frame, 9_000), packet);
    decoder.decode(PacketBuilder.record(frame, 4_000), packet);
    assertThat(packet.timestampNanos).isEqualTo(4_000);
    assertThat(packet.clockNanos).isEqualTo(9_000);
  }

  @Test
  void shouldNotCountEthernetPaddingAsPayload() {
    assertThat(decode(ip().tcp(1, 2).padTo(60))).isTrue();
    assertThat(packet.payloadLength).isZero();
    assertThat(packet.payloadWireLength).isZero();
    assertThat(packet.originalLength).isEqualTo(60);
  }

  @Test
  void shouldTellStoredFromAnnouncedPayload() {
    byte[] frame = ip().tcp(1, 2).payload(new byte[100]).build();
    PacketRecord record = PacketBuilder.record(Arrays.copyOf(frame, 64), 0);
    record.originalLength = frame.length;
    assertThat(decoder.decode(record, packet)).isTrue();
    assertThat(packet.payloadLength).isEqualTo(10);
    assertThat(packet.payloadWireLength).isEqualTo(100);
    assertThat(packet.originalLength).isEqualTo(154);
  }

  @Test
  void shouldReadTcpWhoseOptionsTheCaptureCut() {
    byte[] frame = ip().tcp(1, 2).payload(new byte[40]).build();
    frame[46] = (byte) 0x80;
    PacketRecord record = PacketBuilder.record(Arrays.copyOf(frame, 56), 0);
    record.originalLength = frame.length;
    assertThat(decoder.decode(record, packet)).isTrue();
    assertThat(packet.payloadLength).isZero();
    assertThat(packet.payloadOffset).isEqualTo(56);
    assertThat(packet.payloadWireLength).isEqualTo(28);
  }

  @Test
  void shouldTakeTheFramesLengthWhenOffloadLeftLengthsZero() {
    byte[] tcp = ip().tcp(1, 2).payload(new byte[3000]).build();
    tcp[16] = 0;
    tcp[17] = 0;
    assertThat(decoder.decode(PacketBuilder.record(tcp, 0), packet)).isTrue();
    assertThat(packet.payloadLength).isEqualTo(3000);
    byte[] udp = PacketBuilder.ethernet().ipv6("::1", "::2").udp(1, 2).payload("abc").build();
    udp[18] = 0;
    udp[19] = 0;
    udp[58] = 0;
    udp[59] = 0;
    assertThat(decoder.decode(PacketBuilder.record(udp, 0), packet)).isTrue();
    assertThat(packet.payloadLength).isEqualTo(3);
    assertThat(packet.payloadWireLength).isEqualTo(3);
  }

  @Test
  void shouldRefuseTcpDataOffsetsThatCannotBe() {
    for (int offset : new int[] {0, 4, 7}) {
      byte[] frame = ip().tcp(1, 2).payload("1234567").build();
      frame[46] = (byte) (offset << 4);
      boolean reached = decoder.decode(PacketBuilder.record(frame, 0), packet);
      assertThat(reached).as("data offset %d", offset).isFalse();
      assertThat(packet.stopLayer).isEqualTo(Layer.TCP);
      assertThat(packet.stopReason).isEqualTo(StopReason.MALFORMED);
    }
    assertThat(decoder.counters().stops(Layer.TCP, StopReason.MALFORMED)).isEqualTo(3);
    assertThat(decoder.counters().packets()).isEqualTo(3);
  }

  @Test
  void shouldGiveProtocolsWithoutPortsAFlow() {
    assertThat(decode(ip().header(0, 50, new byte[16]))).isTrue();
    assertThat(packet.protocol).isEqualTo(50);
    assertThat(packet.sourcePort + packet.destinationPort).isZero();
    assertThat(packet.payloadLength).isEqualTo(16);
  }

  @Test
  void shouldNotTakeAPacketQuotedInAnErrorForAFlow() {
    byte[] quoted = PacketBuilder.bare().ipv4("8.8.8.8", "10.0.0.1").udp(53, 4000).build();
    assertThat(decode(ip().icmp(3, 3).payload(quoted))).isTrue();
    assertThat(packet.protocol).isEqualTo(1);
    assertThat(packet.sourcePort).isEqualTo(3);
    assertThat(packet.destinationPort).isEqualTo(3);
    assertThat(packet.oneWay).isTrue();
    assertThat(packet.payloadLength).isEqualTo(28);
  }

  @Test
  void shouldLookThroughTunnelsToTheInnermostPacket() {
    boolean reached =
        decode(
            ip().vxlan(0x123456)
                .innerEthernet()
                .vlan(44)
                .ipv4("172.16.0.1", "172.16.0.2")
                .gre(0x55)
                .ipv6("2001:db8::1", "2001:db8::2")
                .tcp(1000, 443)
                .payload("in"));
    assertThat(reached).isTrue();
    assertThat(packet.tunnel).isEqualTo(Tunnel.GRE);
    assertThat(packet.tunnelId).isEqualTo(0x55);
    assertThat(packet.tunnelDepth).isEqualTo(2);
    assertThat(packet.vlanId).isEqualTo(44);
    assertThat(packet.sourceMac).isEqualTo(0x020000000001L);
    assertThat(packet.ipVersion).isEqualTo(6);
    assertThat(packet.destinationPort).isEqualTo(443);
    assertThat(packet.payloadLength).isEqualTo(2);
  }

  @Test
  void shouldFallBackToTheUdpFlowWhenThePortLies() {
    for (int port : new int[] {1701, 2152, 3544, 4789, 4790, 6081, 6635, 8472}) {
      assertThat(decode(ip().udp(4000, port).payload("no tunnel at all, just text"))).isTrue();
      assertThat(packet.tunnel).isEqualTo(Tunnel.NONE);
      assertThat(packet.destinationPort).isEqualTo(port);
      assertThat(packet.payloadLength).isEqualTo(27);
      assertThat(packet.stopReason).isNull();
    }
    assertThat(decoder.counters().tunnelFallbacks()).isEqualTo(8);
  }

  @Test
  void shouldFallBackWhenTheInnerPacketIsNoPacket() {
    boolean reached = decode(ip().vxlan(5).innerEthernet().header(0x0806, 0, new byte[28]));
    assertThat(reached).isTrue();
    assertThat(packet.destinationPort).isEqualTo(4789);
    assertThat(packet.tunnelDepth).isZero();
    assertThat(packet.sourceLow).isEqualTo(0x0A000001L);
    assertThat(packet.payloadLength).isEqualTo(8 + 14 + 28);
  }

  @Test
  void shouldKeepAGreFlowWithoutIpInside() {
    assertThat(decode(ip().header(0, 47, new byte[] {0, 0, 0x20, 0, 1, 2, 3, 4}))).isTrue();
    assertThat(packet.protocol).isEqualTo(47);
    assertThat(packet.payloadLength).isEqualTo(8);
  }

  @Test
  void shouldStopAtTooManyTunnels() {
    PacketBuilder nested = ip();
    for (int i = 0; i < PacketDecoder.MAX_TUNNELS; i++) {
      nested.ipv4("10.1.0.1", "10.1.0.2");
    }
    assertThat(decode(nested.ipv4("10.2.0.1", "10.2.0.2").udp(1, 2))).isFalse();
    assertThat(packet.stopLayer).isEqualTo(Layer.TUNNEL);
    assertThat(packet.stopReason).isEqualTo(StopReason.TOO_DEEP);
  }

  @Test
  void shouldStopAtTooManyHeaders() {
    PacketBuilder tagged = PacketBuilder.ethernet();
    for (int i = 0; i < PacketDecoder.MAX_HEADERS; i++) {
      tagged.vlan(i);
    }
    assertThat(decode(tagged.ipv4("10.2.0.1", "10.2.0.2").udp(1, 2))).isFalse();
    assertThat(packet.stopLayer).isEqualTo(Layer.VLAN);
    assertThat(packet.stopReason).isEqualTo(StopReason.TOO_DEEP);
    assertThat(packet.vlanId).isZero();
    assertThat(packet.innerVlanId).isEqualTo(1);
  }

  @Test
  void shouldCountUnsupportedLinkTypesByNumberUpToABound() {
    for (int i = 0; i < DecodeCounters.MAX_LINK_TYPES + 5; i++) {
      decoder.decode(PacketBuilder.record(new byte[20], 1000 + i, 0), packet);
      decoder.decode(PacketBuilder.record(new byte[20], 1000 + i, 0), packet);
    }
    DecodeCounters counters = decoder.counters();
    assertThat(counters.unsupportedLinkTypes())
        .hasSize(DecodeCounters.MAX_LINK_TYPES)
        .containsEntry(1000, 2L);
    assertThat(counters.otherLinkTypePackets()).isEqualTo(10);
    assertThat(counters.stops(Layer.LINK, StopReason.UNSUPPORTED_LINK_TYPE)).isEqualTo(42);
  }

  @Test
  void shouldFindEthernetInPseudowiresWithAndWithoutControlWord() {
    for (int controlWord : new int[] {0, 4}) {
      boolean reached =
          decode(
              PacketBuilder.ethernet()
                  .mpls(16)
                  .mpls(77)
                  .header(0x6558, 0, new byte[controlWord])
                  .innerEthernet()
                  .ipv4("10.9.0.1", "10.9.0.2")
                  .tcp(5, 6));
      assertThat(reached).isTrue();
      assertThat(packet.tunnel).isEqualTo(Tunnel.MPLS_PSEUDOWIRE);
      assertThat(packet.tunnelId).isEqualTo(77);
      assertThat(packet.sourcePort).isEqualTo(5);
    }
  }

  @Test
  void shouldHashBothDirectionsAlikeAndFlowsApart() {
    PacketBuilder there = PacketBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2").tcp(1, 2);
    PacketBuilder back = PacketBuilder.ethernet().ipv6("2001:db8::2", "2001:db8::1").tcp(2, 1);
    PacketBuilder crossed = PacketBuilder.ethernet().ipv6("2001:db8::2", "2001:db8::1").tcp(1, 2);
    decode(there);
    int hash = packet.flowHash;
    decode(back);
    assertThat(packet.flowHash).isEqualTo(hash);
    decode(crossed);
    assertThat(packet.flowHash).isNotEqualTo(hash);
    decode(PacketBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2").udp(1, 2));
    assertThat(packet.flowHash).isNotEqualTo(hash);
  }
}
