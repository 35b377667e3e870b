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
public final class DecodedPacket extends PlainPacket {
  /** Value of ids and MAC addresses that the packet does not have. */
  public static final int NONE = -1;

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

  /** High 64 bits of the source address; 0 for IPv4. */
  public long sourceHigh;

  /** High 64 bits of the destination address; 0 for IPv4. */
  public long destinationHigh;

  /** True when this packet was put together from IP fragments. */
  public boolean reassembled;

  /**
   * Record positions of the fragments held before this packet's own record, oldest first; null
   * unless reassembled. A fresh array each time.
   */
  public long[] heldPositions;

  /** Capture ordinals that belong to {@link #heldPositions}. */
  public int[] heldCaptureIndexes;

  /** Where decoding ended early; null when the transport header was reached. */
  public Layer stopLayer;

  /** Why decoding ended early; null when the transport header was reached. */
  public StopReason stopReason;

  /** True when opening what it holds would cost more than there is time for; set by the reader. */
  public boolean isBeyondBudget;

  /** Makes this the packet of a record, before anything is known of it. */
  void begin(PacketRecord record, long clock, int capture) {
    if (buffer != record.buffer) {
      buffer = record.buffer; // the collector is told of each reference that is written
    }
    frameOffset = record.offset;
    capturedLength = record.capturedLength;
    originalLength = record.originalLength;
    timestampNanos = record.timestampNanos;
    if (dating != record.dating) {
      dating = record.dating;
    }
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
    ipVersion = 0;
    sourceLow = 0;
    destinationLow = 0;
    identification = 0;
    ttl = 0;
    if (isUnusual()) {
      clearUnusual();
    }
  }

  /** Whether a field is not as it is in nearly all packets: to look costs less than to write. */
  private boolean isUnusual() {
    return (vlanId & innerVlanId) != NONE
        || tunnelId != NONE
        || (tunnelPort | tunnelDepth) != 0
        || (sourceHigh | destinationHigh) != 0
        || stopLayer != null
        || heldPositions != null
        || reassembled
        || tunnel != Tunnel.NONE
        || stopReason != null
        || heldCaptureIndexes != null;
  }

  private void clearUnusual() {
    vlanId = NONE;
    innerVlanId = NONE;
    tunnel = Tunnel.NONE;
    tunnelId = NONE;
    tunnelPort = 0;
    tunnelDepth = 0;
    sourceHigh = 0;
    destinationHigh = 0;
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
