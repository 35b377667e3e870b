package dev.forensics.indexer.flow;

/**
 * A bidirectional flow: key, counters, times and TCP state. Written by the flow room only, apart
 * from {@link #attachment}, {@link #opener} and {@link FlowSide#wanted}, which belong to the
 * observer.
 *
 * <p>One instance a flow, kept small (a million of them fit in 512 MB): public fields, no
 * accessors.
 */
public final class Flow {
  /** 4 or 6. */
  public int ipVersion;

  /** IP protocol number. */
  public int protocol;

  /** High 64 bits of the originator's address; 0 for IPv4. */
  public long originatorHigh;

  /** Low 64 bits of the originator's address; IPv4 in the low 32 bits. */
  public long originatorLow;

  /** High 64 bits of the responder's address; 0 for IPv4. */
  public long responderHigh;

  /** Low 64 bits of the responder's address; IPv4 in the low 32 bits. */
  public long responderLow;

  /** Originator's port; ICMP: see DecodedPacket. */
  public int originatorPort;

  /** Responder's port; ICMP: see DecodedPacket. */
  public int responderPort;

  /** ICMP without counterpart message: the Community ID keeps the order of the sides. */
  public boolean oneWay;

  /** Time of the first packet of the whole flow (segment 1). */
  public long flowStartNanos;

  /** Time of the first packet of this segment. */
  public long startNanos;

  /** Latest packet time of this segment. */
  public long endNanos;

  /** Hash over the content of the whole flow's first packet, part of the flow's id. */
  public long firstPacketHash;

  /** Number of this segment, from 1. */
  public int segment = 1;

  /** What the originator sent. */
  public final FlowSide originator = new FlowSide();

  /** What the responder sent. */
  public final FlowSide responder = new FlowSide();

  /**
   * The side that opened the conversation: ORIGINATOR unless an observer knows better from the
   * protocol (midstream). Documents take it as source and client.
   */
  public Direction opener = Direction.ORIGINATOR;

  /** Zeek's summary of the connection so far. */
  public ConnectionState connectionState = ConnectionState.OTH;

  /** Why it ended; null while it is open. */
  public EndReason endReason;

  /** True when the first packet seen was not the flow's beginning (TCP without SYN). */
  public boolean midstream;

  /** Packets recognized as mirrored copies of the one before; not counted elsewhere. */
  public int duplicates;

  /** Outermost VLAN id of the first packet, or -1. */
  public int vlanId = -1;

  /** Second VLAN id of the first packet, or -1. */
  public int innerVlanId = -1;

  /** Innermost tunnel of the first packet, a dev.forensics.indexer.decode.Tunnel. */
  public dev.forensics.indexer.decode.Tunnel tunnel = dev.forensics.indexer.decode.Tunnel.NONE;

  /** The tunnel's own number, or -1. */
  public long tunnelId = -1;

  /** Ordinal of the capture that holds the latest packet, as the pipeline counts them. */
  public int lastCaptureIndex;

  /** Where the packets of this segment stand in the captures. */
  public final PacketPointers packets = new PacketPointers();

  /** The observer's own state of this flow. */
  public Object attachment;

  /** The side that sent in this direction. */
  public FlowSide side(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }

  /**
   * Zeek's history string: one letter an event, upper case by the originator, lower case by the
   * responder (S SYN, H SYN-ACK, A ACK, D payload, F FIN, R RST, G gap, T retransmission, W zero
   * window, I inconsistent, Q multi-flag, ^ direction flipped), repeats at 10, 100, 1000.
   */
  public String history() {
    return "";
  }
}
