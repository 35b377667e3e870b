package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.PacketRecord;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds packets for tests, outermost header first; types, lengths and checksums follow from what
 * stands inside:
 *
 * <pre>{@code
 * byte[] frame =
 *     PacketBuilder.ethernet()
 *         .vlan(7)
 *         .ipv4("10.0.0.1", "10.0.0.2")
 *         .tcp(49152, 443).flags(PacketBuilder.PSH | PacketBuilder.ACK).sequence(1)
 *         .payload("GET / HTTP/1.1\r\n\r\n")
 *         .build();
 * PacketRecord record = PacketBuilder.record(frame, 1_000_000_000L);
 * }</pre>
 */
public final class PacketBuilder {
  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int PSH = 8;
  public static final int ACK = 16;
  public static final int URG = 32;

  /** LINKTYPE_ETHERNET. */
  public static final int ETHERNET = 1;

  private static final long DEFAULT_SOURCE_MAC = 0x020000000001L;
  private static final long DEFAULT_DESTINATION_MAC = 0x020000000002L;

  private final List<PacketLayer> layers = new ArrayList<>();
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private int minimumLength;

  private PacketBuilder() {}

  /** Starts a packet without any link header (LINKTYPE_RAW), or with one given to {@link #link}. */
  public static PacketBuilder bare() {
    return new PacketBuilder();
  }

  /** Starts an Ethernet frame between two locally administered addresses. */
  public static PacketBuilder ethernet() {
    return ethernet(DEFAULT_SOURCE_MAC, DEFAULT_DESTINATION_MAC);
  }

  /** Starts an Ethernet frame; MAC addresses in the low 48 bits. */
  public static PacketBuilder ethernet(long sourceMac, long destinationMac) {
    return new PacketBuilder().innerEthernet(sourceMac, destinationMac);
  }

  /** An Ethernet header inside a tunnel. */
  public PacketBuilder innerEthernet() {
    return innerEthernet(DEFAULT_SOURCE_MAC + 0x10, DEFAULT_DESTINATION_MAC + 0x10);
  }

  private PacketBuilder innerEthernet(long sourceMac, long destinationMac) {
    ByteBuffer header = ByteBuffer.allocate(14);
    header.putShort((short) (destinationMac >> 32)).putInt((int) destinationMac);
    header.putShort((short) (sourceMac >> 32)).putInt((int) sourceMac);
    return add(0x6558, 143, header, PacketLayer::ethernet);
  }

  /** A header that nothing has to be filled into, named by these numbers in the one before it. */
  public PacketBuilder header(int etherType, int ipProtocol, byte... bytes) {
    return add(etherType, ipProtocol, ByteBuffer.wrap(bytes.clone()), null);
  }

  /** A link header that needs nothing from the layers inside. */
  public PacketBuilder link(byte... bytes) {
    return header(0, 0, bytes);
  }

  /** An 802.1Q tag. */
  public PacketBuilder vlan(int id) {
    return vlan(0x8100, id);
  }

  /** A tag of another type: 0x88A8, 0x9100... */
  public PacketBuilder vlan(int tagType, int id) {
    ByteBuffer tag = ByteBuffer.allocate(4).putShort((short) id);
    return add(tagType, 0, tag, PacketLayer::vlan);
  }

  /** An MPLS label stack entry (RFC 3032); the last one in a row gets the bottom bit. */
  public PacketBuilder mpls(int label) {
    ByteBuffer entry = ByteBuffer.allocate(4).putInt(label << 12 | 64);
    return add(0x8847, 137, entry, PacketLayer::mpls);
  }

  /** A PPPoE session header with its PPP protocol field (RFC 2516). */
  public PacketBuilder pppoe(int session) {
    ByteBuffer header = ByteBuffer.allocate(8).put((byte) 0x11).put((byte) 0);
    return add(0x8864, 0, header.putShort((short) session), PacketLayer::pppoe);
  }

  /** A plain GRE header (RFC 2784), named by the layer inside. */
  public PacketBuilder gre() {
    return add(0, 47, ByteBuffer.allocate(4), PacketLayer::gre);
  }

  /** A GRE header with a key (RFC 2890). */
  public PacketBuilder gre(int key) {
    ByteBuffer header = ByteBuffer.allocate(8).putInt(0x20000000).putInt(key);
    return add(0, 47, header, PacketLayer::gre);
  }

  /** A UDP header to port 4789 and a VXLAN header (RFC 7348). */
  public PacketBuilder vxlan(int vni) {
    udp(54321, 4789);
    ByteBuffer header = ByteBuffer.allocate(8).putInt(0x08000000).putInt(vni << 8);
    return add(0, 0, header, null);
  }

  /** An IPv4 header without options, TTL 64. */
  public PacketBuilder ipv4(String source, String destination) {
    return ipv4(source, destination, new byte[0]);
  }

  /** An IPv4 header; the options' length is a multiple of 4. */
  public PacketBuilder ipv4(String source, String destination, byte[] options) {
    ByteBuffer header = ByteBuffer.allocate(20 + options.length);
    header.put(0, (byte) (0x40 | header.capacity() / 4)).put(8, (byte) 64);
    header.put(12, address(source)).put(16, address(destination)).put(20, options);
    return add(0x0800, 4, header, PacketLayer::ipv4);
  }

  /** Sets TTL or hop limit of the IP header added last. */
  public PacketBuilder ttl(int ttl) {
    PacketLayer ip = lastIp();
    ip.header[ip.etherType == 0x0800 ? 8 : 7] = (byte) ttl;
    return this;
  }

  /** Sets the identification of the IPv4 header added last. */
  public PacketBuilder identification(int identification) {
    ByteBuffer.wrap(lastIp().header).putShort(4, (short) identification);
    return this;
  }

  /**
   * Makes the IPv4 header added last one of a fragment.
   *
   * @param offset in bytes, a multiple of 8
   */
  public PacketBuilder fragment(int offset, boolean more) {
    ByteBuffer.wrap(lastIp().header).putShort(6, (short) (offset / 8 | (more ? 0x2000 : 0)));
    return this;
  }

  /** An IPv6 header, hop limit 64. */
  public PacketBuilder ipv6(String source, String destination) {
    ByteBuffer header = ByteBuffer.allocate(40).put((byte) 0x60);
    header.put(7, (byte) 64).put(8, address(source)).put(24, address(destination));
    return add(0x86DD, 41, header, PacketLayer::ipv6);
  }

  /** An IPv6 extension header: the next header's number is filled into its first byte. */
  public PacketBuilder extension(int ipProtocol, byte... bytes) {
    return add(
        0,
        ipProtocol,
        ByteBuffer.wrap(bytes.clone()),
        (frame, at, end, outer, inner) -> frame.put(at, (byte) PacketLayer.ipProtocolOf(inner)));
  }

  /** A TCP header: ACK set, sequence and acknowledgment 0, window 65535. */
  public PacketBuilder tcp(int sourcePort, int destinationPort) {
    ByteBuffer header = ports(20, sourcePort, destinationPort);
    header.put(12, (byte) 0x50).put(13, (byte) ACK).putShort(14, (short) 0xFFFF);
    return add(0, 6, header, PacketLayer::tcp);
  }

  /** Sets the flags of the TCP header added last. */
  public PacketBuilder flags(int flags) {
    lastTransport().put(13, (byte) flags);
    return this;
  }

  /** Sets the sequence number of the TCP header added last. */
  public PacketBuilder sequence(int sequence) {
    lastTransport().putInt(4, sequence);
    return this;
  }

  /** Sets the acknowledgment number of the TCP header added last. */
  public PacketBuilder acknowledgment(int acknowledgment) {
    lastTransport().putInt(8, acknowledgment);
    return this;
  }

  /** Sets the window of the TCP header added last. */
  public PacketBuilder window(int window) {
    lastTransport().putShort(14, (short) window);
    return this;
  }

  /** A UDP header. */
  public PacketBuilder udp(int sourcePort, int destinationPort) {
    return add(0, 17, ports(8, sourcePort, destinationPort), PacketLayer::udp);
  }

  /** An SCTP common header (RFC 9260); its checksum stays 0. */
  public PacketBuilder sctp(int sourcePort, int destinationPort) {
    return add(0, 132, ports(12, sourcePort, destinationPort), null);
  }

  /** An ICMP header of 8 bytes. */
  public PacketBuilder icmp(int type, int code) {
    ByteBuffer header = ByteBuffer.allocate(8).put((byte) type).put((byte) code);
    return add(0, 1, header, PacketLayer::icmpV4);
  }

  /** An ICMPv6 header of 8 bytes. */
  public PacketBuilder icmpv6(int type, int code) {
    ByteBuffer header = ByteBuffer.allocate(8).put((byte) type).put((byte) code);
    return add(0, 58, header, PacketLayer::icmpV6);
  }

  /** Appends payload bytes behind the last header. */
  public PacketBuilder payload(byte... bytes) {
    payload.writeBytes(bytes);
    return this;
  }

  /** Appends text as ISO 8859-1. */
  public PacketBuilder payload(String text) {
    return payload(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Pads the finished frame with zero bytes, as Ethernet does (60 without checksum). */
  public PacketBuilder padTo(int length) {
    minimumLength = length;
    return this;
  }

  /** The finished packet. */
  public byte[] build() {
    int end = payload.size();
    for (PacketLayer layer : layers) {
      layer.at = end - payload.size();
      end += layer.header.length;
    }
    ByteBuffer frame = ByteBuffer.allocate(Math.max(end, minimumLength));
    layers.forEach(layer -> frame.put(layer.header));
    frame.put(payload.toByteArray());
    for (int i = layers.size() - 1; i >= 0; i--) {
      PacketLayer layer = layers.get(i);
      if (layer.finish != null) {
        layer.finish.apply(frame, layer.at, end, neighbour(i - 1), neighbour(i + 1));
      }
    }
    return frame.array();
  }

  /** A record of LINKTYPE_ETHERNET that holds the whole frame. */
  public static PacketRecord record(byte[] frame, long timestampNanos) {
    return record(frame, ETHERNET, timestampNanos);
  }

  /** A record that holds the whole frame. */
  public static PacketRecord record(byte[] frame, int linkType, long timestampNanos) {
    PacketRecord record = new PacketRecord();
    record.buffer = frame;
    record.capturedLength = frame.length;
    record.originalLength = frame.length;
    record.linkType = linkType;
    record.timestampNanos = timestampNanos;
    return record;
  }

  /** The 4 or 16 bytes of a literal address. */
  public static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not a literal address: " + literal, e);
    }
  }

  private PacketLayer neighbour(int index) {
    return index < 0 || index >= layers.size() ? null : layers.get(index);
  }

  private PacketLayer lastIp() {
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (layers.get(i).etherType == 0x0800 || layers.get(i).etherType == 0x86DD) {
        return layers.get(i);
      }
    }
    throw new IllegalStateException("no IP header yet");
  }

  private ByteBuffer lastTransport() {
    return ByteBuffer.wrap(layers.get(layers.size() - 1).header);
  }

  private static ByteBuffer ports(int length, int sourcePort, int destinationPort) {
    return ByteBuffer.allocate(length)
        .putShort(0, (short) sourcePort)
        .putShort(2, (short) destinationPort);
  }

  private PacketBuilder add(
      int etherType, int ipProtocol, ByteBuffer header, PacketLayer.Finish finish) {
    byte[] bytes = new byte[header.capacity()];
    header.get(0, bytes);
    layers.add(new PacketLayer(etherType, ipProtocol, bytes, finish));
    return this;
  }
}
