package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/** The same generated packets read by pcap4j: slow, independent, and of the same opinion. */
class Pcap4jOpinionTest {
  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();
  private final Random random = new Random(20261123);

  @Test
  void shouldAgreeOnAddressesPortsAndPayload() throws IllegalRawDataException {
    for (int i = 0; i < 2_000; i++) {
      boolean version4 = random.nextBoolean();
      boolean tcp = random.nextBoolean();
      byte[] frame = frame(version4, tcp);
      assertThat(decoder.decode(PacketBuilder.record(frame, i), packet)).isTrue();
      EthernetPacket.EthernetHeader ethernet = EthernetPacket.newPacket(frame, 0, 14).getHeader();
      assertThat(packet.ipVersion).isEqualTo(ethernet.getType().value() == 0x0800 ? 4 : 6);
      int transport = version4 ? compareIpv4(frame) : compareIpv6(frame);
      if (tcp) {
        compareTcp(frame, transport);
      } else {
        compareUdp(frame, transport);
      }
    }
  }

  private byte[] frame(boolean version4, boolean tcp) {
    PacketBuilder builder = PacketBuilder.ethernet();
    if (version4) {
      builder.ipv4(address4(), address4()).identification(random.nextInt(1 << 16));
    } else {
      builder.ipv6(address6(), address6());
    }
    builder.ttl(random.nextInt(256));
    if (tcp) {
      builder.tcp(random.nextInt(1 << 16), random.nextInt(1 << 16)).sequence(random.nextInt());
      builder.acknowledgment(random.nextInt()).flags(random.nextInt(64));
      builder.window(random.nextInt(1 << 16));
    } else {
      builder.udp(random.nextInt(1 << 16), random.nextInt(1000));
    }
    return builder.payload(new byte[random.nextInt(100)]).padTo(60).build();
  }

  private String address4() {
    return "%d.%d.%d.%d"
        .formatted(
            random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private String address6() {
    return "2001:db8:%x:%x::%x"
        .formatted(random.nextInt(65536), random.nextInt(65536), random.nextInt(65536));
  }

  private int compareIpv4(byte[] frame) throws IllegalRawDataException {
    IpV4Packet.IpV4Header ip = IpV4Packet.newPacket(frame, 14, frame.length - 14).getHeader();
    assertThat(Conversations.source(packet)).isEqualTo(ip.getSrcAddr().getHostAddress());
    assertThat(Conversations.destination(packet)).isEqualTo(ip.getDstAddr().getHostAddress());
    assertThat(packet.protocol).isEqualTo(ip.getProtocol().value() & 0xFF);
    assertThat(packet.identification).isEqualTo(ip.getIdentificationAsInt());
    assertThat(packet.ttl).isEqualTo(ip.getTtlAsInt());
    return 14 + ip.length();
  }

  private int compareIpv6(byte[] frame) throws IllegalRawDataException {
    IpV6Packet.IpV6Header ip = IpV6Packet.newPacket(frame, 14, frame.length - 14).getHeader();
    assertThat(Conversations.source(packet)).isEqualTo(ip.getSrcAddr().getHostAddress());
    assertThat(Conversations.destination(packet)).isEqualTo(ip.getDstAddr().getHostAddress());
    assertThat(packet.protocol).isEqualTo(ip.getNextHeader().value() & 0xFF);
    assertThat(packet.ttl).isEqualTo(ip.getHopLimitAsInt());
    return 14 + ip.length();
  }

  private void compareTcp(byte[] frame, int at) throws IllegalRawDataException {
    TcpPacket.TcpHeader tcp = TcpPacket.newPacket(frame, at, frame.length - at).getHeader();
    assertThat(packet.sourcePort).isEqualTo(tcp.getSrcPort().valueAsInt());
    assertThat(packet.destinationPort).isEqualTo(tcp.getDstPort().valueAsInt());
    assertThat(packet.sequence).isEqualTo(tcp.getSequenceNumber());
    assertThat(packet.acknowledgment).isEqualTo(tcp.getAcknowledgmentNumber());
    assertThat((packet.tcpFlags & PacketBuilder.SYN) != 0).isEqualTo(tcp.getSyn());
    assertThat((packet.tcpFlags & PacketBuilder.ACK) != 0).isEqualTo(tcp.getAck());
    assertThat((packet.tcpFlags & PacketBuilder.FIN) != 0).isEqualTo(tcp.getFin());
    assertThat((packet.tcpFlags & PacketBuilder.RST) != 0).isEqualTo(tcp.getRst());
    assertThat(packet.window).isEqualTo(tcp.getWindowAsInt());
    assertThat(packet.transportChecksum).isEqualTo(tcp.getChecksum() & 0xFFFF);
    assertThat(packet.payloadOffset).isEqualTo(at + tcp.length());
  }

  private void compareUdp(byte[] frame, int at) throws IllegalRawDataException {
    UdpPacket.UdpHeader udp = UdpPacket.newPacket(frame, at, frame.length - at).getHeader();
    assertThat(packet.sourcePort).isEqualTo(udp.getSrcPort().valueAsInt());
    assertThat(packet.destinationPort).isEqualTo(udp.getDstPort().valueAsInt());
    assertThat(packet.payloadLength).isEqualTo(udp.getLengthAsInt() - 8);
    assertThat(packet.transportChecksum).isEqualTo(udp.getChecksum() & 0xFFFF);
  }
}
