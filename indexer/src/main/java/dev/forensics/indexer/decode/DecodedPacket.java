package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.Dating;
import dev.forensics.indexer.capture.PacketRecord;

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

  /** The record's bytes, or, when reassembled, the datagram's content behind its IP header. */
  public byte[] buffer;

  /** Start of the frame in {@link #buffer}, in bytes. */
  public int frameOffset;

  /** Stored bytes of the frame. When reassembled: of the frames of all fragments together. */
  public int capturedLength;

  /**
   * Bytes of the frame on the wire; flows count these. With those that a mirror cut off, as the IP
   * header tells. When reassembled: of the frames of all fragments together.
   */
  public int originalLength;

  /** Packet time in nanoseconds since the epoch. */
  public long timestampNanos;

  /** Whether its time can be believed. */
  public Dating dating = Dating.BELIEVED;

  /** The sensor's clock: the packet time up to which its traffic has come, in nanoseconds. */
  public long clockNanos;

  /** Place in the order of the sensor's decoded packets, from 1, as the pipeline counts them. */
  public long ordinal;

  /** Ordinal of the capture within the run, as the pipeline counts them. */
  public int captureIndex;

  /** Offset of the packet's record in its uncompressed capture, in bytes. */
  public long position;

  /**
   * Source MAC address in the low 48 bits, of the outermost Ethernet, 802.11 or Linux cooked
   * header; NONE when absent.
   */
  public long sourceMac;

  /** Destination MAC address, likewise; Linux cooked captures have none. */
  public long destinationMac;

  /** Outermost VLAN id, 0..4095, or NONE. */
  public int vlanId;

  /** VLAN id of the second tag, 0..4095, or NONE. */
  public int innerVlanId;

  /** The innermost tunnel around the IP packet, or Tunnel.NONE. */
  public Tunnel tunnel = Tunnel.NONE;

  /** The innermost tunnel's own number (VNI, TEID, GRE key, session id), or NONE. */
  public long tunnelId;

  /**
   * The innermost tunnel on a port of one's own: its well-known port in the upper 16 bits, the port
   * in the lower ones, for {@link TunnelPorts#text}. 0 when there is none.
   */
  public int tunnelPort;

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
   * Record positions of the fragments held before this packet's own record, oldest first; null
   * unless reassembled. A fresh array each time.
   */
  public long[] heldPositions;

  /** Capture ordinals that belong to {@link #heldPositions}. */
  public int[] heldCaptureIndexes;

  /**
   * Direction-free hash of addresses, ports and protocol, see {@link FlowHash}; spreads flows over
   * workers and within their tables.
   */
  public int flowHash;

  /** Hash of source address and port: with {@link #flowHash}, of one direction of the flow. */
  public long sourceHash;

  /** Where decoding ended early; null when the transport header was reached. */
  public Layer stopLayer;

  /** Why decoding ended early; null when the transport header was reached. */
  public StopReason stopReason;

  /** True when opening what it holds would cost more than there is time for; set by the reader. */
  public boolean isBeyondBudget;

  /** Makes this the packet of a record, before anything is known of it. */
  void begin(PacketRecord record, long clock, int capture) {
    buffer = record.buffer;
    frameOffset = record.offset;
    capturedLength = record.capturedLength;
    originalLength = record.originalLength;
    timestampNanos = record.timestampNanos;
    dating = record.dating;
    clockNanos = clock;
    captureIndex = capture;
    position = record.position;
    clearLayers();
    clearTransport();
  }

  /** True when the packets around it contradict its timestamp. */
  public boolean isAstray() {
    return dating == Dating.ASTRAY;
  }

  /**
   * The time by which it is judged, in nanoseconds: its timestamp, but the sensor's clock where
   * that is behind and the timestamp is not undecided.
   */
  public long timeNanos() {
    return dating == Dating.UNDECIDED ? timestampNanos : Math.min(timestampNanos, clockNanos);
  }

  /**
   * When the sensor saw it, in nanoseconds: its timestamp as in {@link #timeNanos()}, or the
   * sensor's clock where the timestamp is astray.
   */
  public long seenNanos() {
    return isAstray() ? clockNanos : timeNanos();
  }

  private void clearLayers() {
    sourceMac = NONE;
    destinationMac = NONE;
    vlanId = NONE;
    innerVlanId = NONE;
    tunnel = Tunnel.NONE;
    tunnelId = NONE;
    tunnelPort = 0;
    tunnelDepth = 0;
    ipVersion = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    identification = 0;
    ttl = 0;
    reassembled = false;
    heldPositions = null;
    heldCaptureIndexes = null;
    stopLayer = null;
    stopReason = null;
  }

  private void clearTransport() {
    protocol = 0;
    sourcePort = 0;
    destinationPort = 0;
    oneWay = false;
    sequence = 0;
    acknowledgment = 0;
    tcpFlags = 0;
    window = 0;
    transportChecksum = 0;
    payloadOffset = 0;
    payloadLength = 0;
    payloadWireLength = 0;
    flowHash = 0;
    sourceHash = 0;
  }

  /** Takes over every field of another packet; the bytes themselves stay shared. */
  public void copyFrom(DecodedPacket other) {
    buffer = other.buffer;
    frameOffset = other.frameOffset;
    capturedLength = other.capturedLength;
    originalLength = other.originalLength;
    timestampNanos = other.timestampNanos;
    dating = other.dating;
    clockNanos = other.clockNanos;
    ordinal = other.ordinal;
    isBeyondBudget = other.isBeyondBudget;
    captureIndex = other.captureIndex;
    position = other.position;
    copyLayersFrom(other);
    copyTransportFrom(other);
  }

  private void copyLayersFrom(DecodedPacket other) {
    sourceMac = other.sourceMac;
    destinationMac = other.destinationMac;
    vlanId = other.vlanId;
    innerVlanId = other.innerVlanId;
    tunnel = other.tunnel;
    tunnelId = other.tunnelId;
    tunnelPort = other.tunnelPort;
    tunnelDepth = other.tunnelDepth;
    ipVersion = other.ipVersion;
    sourceHigh = other.sourceHigh;
    sourceLow = other.sourceLow;
    destinationHigh = other.destinationHigh;
    destinationLow = other.destinationLow;
    identification = other.identification;
    ttl = other.ttl;
    reassembled = other.reassembled;
    heldPositions = other.heldPositions;
    heldCaptureIndexes = other.heldCaptureIndexes;
    stopLayer = other.stopLayer;
    stopReason = other.stopReason;
  }

  private void copyTransportFrom(DecodedPacket other) {
    protocol = other.protocol;
    sourcePort = other.sourcePort;
    destinationPort = other.destinationPort;
    oneWay = other.oneWay;
    sequence = other.sequence;
    acknowledgment = other.acknowledgment;
    tcpFlags = other.tcpFlags;
    window = other.window;
    transportChecksum = other.transportChecksum;
    payloadOffset = other.payloadOffset;
    payloadLength = other.payloadLength;
    payloadWireLength = other.payloadWireLength;
    flowHash = other.flowHash;
    sourceHash = other.sourceHash;
  }
}
