package dev.forensics.indexer.decode;

/**
 * What one packet says, down to the innermost transport header. Filled by {@link PacketDecoder} and
 * reused; a plain carrier with public fields, since it is written and read once per packet.
 *
 * <p>Lengths called captured are clipped to the bytes in {@link #buffer}; wire lengths come from
 * the headers' own length fields.
 */
public final class DecodedPacket {
  /** Value of ids and MAC addresses that the packet does not have. */
  public static final int NONE = -1;

  /** The record's bytes, or those of a reassembled datagram. */
  public byte[] buffer;

  /** Start of the frame in {@link #buffer}, in bytes. */
  public int frameOffset;

  /** Stored bytes of the frame. */
  public int capturedLength;

  /** Bytes of the frame on the wire; flows count these. */
  public int originalLength;

  /** Packet time in nanoseconds since the epoch. */
  public long timestampNanos;

  /** The sensor's clock: the latest packet time up to and including this packet, in nanoseconds. */
  public long clockNanos;

  /** Ordinal of the capture within the run, as the pipeline counts them. */
  public int captureIndex;

  /** Offset of the packet's record in its uncompressed capture, in bytes. */
  public long position;

  /** Source MAC address in the low 48 bits, of the outermost Ethernet header; NONE when absent. */
  public long sourceMac;

  /**
   * Destination MAC address in the low 48 bits, of the outermost Ethernet header; NONE when absent.
   */
  public long destinationMac;

  /** Outermost VLAN id, 0..4095, or NONE. */
  public int vlanId;

  /** VLAN id of the second tag, 0..4095, or NONE. */
  public int innerVlanId;

  /** The innermost tunnel around the IP packet, or Tunnel.NONE. */
  public Tunnel tunnel = Tunnel.NONE;

  /** The innermost tunnel's own number (VNI, TEID, GRE key, session id), or NONE. */
  public long tunnelId;

  /** How many tunnels are around the innermost IP packet. */
  public int tunnelDepth;

  /** 4 or 6; 0 when the packet holds no IP packet. */
  public int ipVersion;

  /** High 64 bits of the source address; 0 for IPv4. */
  public long sourceHigh;

  /** Low 64 bits of the source address; IPv4 stands in the low 32 bits. */
  public long sourceLow;

  /** High 64 bits of the destination address; 0 for IPv4. */
  public long destinationHigh;

  /** Low 64 bits of the destination address; IPv4 stands in the low 32 bits. */
  public long destinationLow;

  /** IP protocol number of the innermost transport, 0..255. */
  public int protocol;

  /** IPv4 identification (0 for IPv6 without fragment header), to tell mirrored copies apart. */
  public int identification;

  /** IPv4 time to live or IPv6 hop limit. */
  public int ttl;

  /** Source port, 0..65535. ICMP and ICMPv6: the type. Protocols without ports: 0. */
  public int sourcePort;

  /**
   * Destination port, 0..65535. ICMP and ICMPv6: the code, or the type of the counterpart message
   * as Community ID v1 maps it. Protocols without ports: 0.
   */
  public int destinationPort;

  /** ICMP only: true when the type has no counterpart, so that the two sides keep their order. */
  public boolean oneWay;

  /** TCP sequence number, to be compared by wrapping subtraction. */
  public int sequence;

  /** TCP acknowledgment number. */
  public int acknowledgment;

  /** TCP flags: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  public int tcpFlags;

  /** TCP window as sent, unscaled. */
  public int window;

  /** Checksum field of the transport header as sent, to tell mirrored copies apart. */
  public int transportChecksum;

  /** Start of the transport payload in {@link #buffer}, in bytes. */
  public int payloadOffset;

  /** Payload bytes present in {@link #buffer}; Ethernet padding is never counted. */
  public int payloadLength;

  /**
   * Payload bytes that the headers announce; more than {@link #payloadLength} when cut by snaplen.
   */
  public int payloadWireLength;

  /** True when this packet was put together from IP fragments. */
  public boolean reassembled;

  /**
   * Direction-free hash of addresses, ports and protocol; spreads flows over workers and tables.
   */
  public int flowHash;

  /** Where decoding ended early; null when the transport header was reached. */
  public Layer stopLayer;

  /** Why decoding ended early; null when the transport header was reached. */
  public StopReason stopReason;
}
