package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.Tunnel;

/**
 * A bidirectional flow, or the current numbered segment of a long one: key, counters, times and TCP
 * state. Written by the flow room only, apart from {@link #attachment}, {@link #observedBytes},
 * {@link #names}, {@link #opener} and {@link #refuse}, which belong to the observer.
 *
 * <p>One instance a flow, kept small (a million of them fit in 512 MB): public fields, few
 * accessors. Where its packets stand tells the base class.
 */
public final class Flow extends PacketPointers {
  /** 4 or 6. */
  public byte ipVersion;

  /** IP protocol number, 0..255. */
  public short protocol;

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
  public FlowSide originator;

  /**
   * What the responder sent; an empty, shared side until its first packet (or what proves one), so
   * look it up again instead of keeping it.
   */
  public FlowSide responder;

  /**
   * The side that opened the conversation: ORIGINATOR unless an observer knows better from the
   * protocol (midstream). Documents take it as source and client.
   */
  public Direction opener = Direction.ORIGINATOR;

  /** Zeek's summary of the connection so far. */
  public ConnectionState connectionState = ConnectionState.OTH;

  /** Why it ended; null while it is open. */
  public EndReason endReason;

  /**
   * True when the first packet seen was not the connection's beginning: TCP without SYN. A first
   * packet with SYN and ACK is none: no payload was missed.
   */
  public boolean midstream;

  /** Packets recognized as mirrored copies of an earlier one; not counted elsewhere. */
  public int duplicates;

  /** Outermost VLAN id of the segment's first packet, or -1. */
  public short vlanId = -1;

  /** Second VLAN id of the segment's first packet, or -1. */
  public short innerVlanId = -1;

  /** Innermost tunnel of the segment's first packet. */
  public Tunnel tunnel = Tunnel.NONE;

  /** Tunnel port of the segment's first packet, as in {@link DecodedPacket#tunnelPort}; or 0. */
  public int tunnelPort;

  /** The tunnel's own number, or -1. */
  public long tunnelId = -1;

  /** Names of the sides' addresses, set by the observer; null when neither has one. */
  public FlowNames names;

  /** The observer's own state of this flow; stays through all segments. */
  public Object attachment;

  /** Roughly how many bytes of memory the attachment takes; set by the observer. */
  public int observedBytes;

  /** Memory of both sides' {@link FlowSide#seen}, in bytes. */
  int seenBytes;

  /** What the flow took in memory when the table looked last, in bytes. */
  int weighedBytes;

  /** Time of the latest packet, whatever came behind it; its time-out counts from here. */
  long lastNanos;

  /**
   * The same, but the sensor's clock at that packet where the packet was far behind the clock; the
   * clock counts from here when it ends the flow.
   */
  long seenNanos;

  /** Of the first packet, see {@link DuplicateFilter}: its signature, and when and how it came. */
  long firstSignature;

  long firstSent;

  /** The same of the latest packets; null before the second. */
  long[] recent;

  /** How many packets were remembered so far. */
  char recentCount;

  /** It took over what the flow before it on its 5-tuple remembered. */
  boolean followsAnother;

  /** What its observer waits for; null mostly. */
  Deadline deadline;

  /** End of the active time-out's grid cell in which this segment began. */
  long gridEndNanos;

  /** Letters of the history, see {@link History}. */
  long history;

  /** Further letters of the history. */
  int moreHistory;

  /** Hash of its key, by which the table finds it. */
  int keyHash;

  /** Sequence number of the originator's SYN. */
  int synSequence;

  /** Marks of both sides, see {@link Marks}. */
  int marks;

  /** What a replay needs to know of a segment above 1; null in segment 1. */
  SegmentStart segmentStart;

  /** A RST closed it, and may turn out not to have been obeyed; null mostly. */
  ResetDoubt reset;

  /** Seen again since its queue last looked. */
  boolean seenAgain;

  /** Which of the {@link ClockEras} it was last seen in. */
  byte era;

  /** A flow with two sides of its own. */
  public Flow() {
    this(new FlowSide());
  }

  /** A flow whose responder has not spoken: it stands for it with a shared, empty side. */
  Flow(FlowSide silentResponder) {
    originator = new FlowSide();
    responder = silentResponder;
  }

  /** Takes the key from the flow's first packet. */
  void setKey(DecodedPacket p, boolean senderOriginates) {
    ipVersion = (byte) p.ipVersion;
    protocol = (short) p.protocol;
    oneWay = p.oneWay;
    originatorHigh = senderOriginates ? p.sourceHigh : p.destinationHigh;
    originatorLow = senderOriginates ? p.sourceLow : p.destinationLow;
    originatorPort = senderOriginates ? p.sourcePort : p.destinationPort;
    responderHigh = senderOriginates ? p.destinationHigh : p.sourceHigh;
    responderLow = senderOriginates ? p.destinationLow : p.sourceLow;
    responderPort = senderOriginates ? p.destinationPort : p.sourcePort;
  }

  /** The side that sent in this direction. */
  public FlowSide side(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }

  /**
   * Time of the flow's latest packet in nanoseconds: its timestamp, or the sensor's clock where the
   * timestamp is ahead of it.
   */
  public long timeNanos() {
    return lastNanos;
  }

  /**
   * Asks the table to call {@link FlowObserver#deadlinePassed} when so much time has passed for
   * this flow, unless it ends before. A flow waits for one deadline at most; said within any call
   * to the observer.
   *
   * @param dueNanos packet time, behind {@link #timeNanos}
   */
  public void waitUntil(long dueNanos) {
    if (deadline == null) {
      deadline = new Deadline(this, dueNanos);
    }
  }

  /** Packet time of the deadline that the flow waits for; Long.MAX_VALUE when it waits for none. */
  public long deadlineNanos() {
    return deadline == null ? Long.MAX_VALUE : deadline.dueNanos;
  }

  /**
   * The sensor's clock went back by this much since the flow was seen. What its own packets told
   * stays as it was told.
   */
  void setBack(long nanos) {
    seenNanos -= nanos;
    gridEndNanos -= nanos;
    if (deadline != null) {
      deadline.releaseNanos -= nanos;
    }
  }

  /**
   * The sensor's clock was set forward by this much since the flow was seen, and the flow goes on:
   * nothing of it has aged by that.
   *
   * @param isOwnTime whether the times of its packets were set forward, too
   */
  void setForward(long nanos, boolean isOwnTime) {
    seenNanos += nanos;
    if (isOwnTime) {
      lastNanos += nanos;
      gridEndNanos += nanos;
      if (deadline != null) {
        deadline.dueNanos += nanos;
      }
    }
  }

  /**
   * A packet of it is counted. Where the sensor's clock went back since the one before, the flow's
   * own time goes back with it, and what it waits for waits as long as before.
   */
  void seenAt(long nanos) {
    long back = lastNanos - seenNanos;
    if (back > 0 && deadline != null) {
      deadline.dueNanos -= back;
    }
    lastNanos = back > 0 ? nanos : Math.max(lastNanos, nanos);
  }

  /** This side to write to, made when it has not spoken. */
  FlowSide ownSide(Direction direction) {
    if (direction == Direction.RESPONDER && responder == FlowSide.SILENT) {
      responder = new FlowSide();
    }
    return side(direction);
  }

  /**
   * Payload of this direction that is not in the capture, in bytes, by the sequence and
   * acknowledgment numbers of both sides: gaps, and what is missing at the moment and may still
   * come. At the end of the flow (or segment) it is {@link FlowSide#gapBytes}.
   */
  public long uncapturedBytes(Direction by) {
    return side(by).gapBytes() + Reassembler.pendingBytes(this, by);
  }

  /** RSTs that ended nothing: outside the window, or the connection went on behind them. */
  public long ignoredResets() {
    return (long) originator.ignoredResets() + responder.ignoredResets();
  }

  /**
   * True when the connection was reset, as far as is known, before this side had sent any payload
   * in this segment: what came of it later was under way.
   */
  public boolean isResetBeforePayloadOf(Direction by) {
    return reset != null && reset.isBeforePayloadOf(by);
  }

  /** {@link DecodedPacket#isBeyondBudget} of the datagram that the observer is given. */
  public boolean isBeyondBudget() {
    return (marks & Marks.BEYOND_BUDGET) != 0;
  }

  void setBeyondBudget(boolean isBeyond) {
    marks = isBeyond ? marks | Marks.BEYOND_BUDGET : marks & ~Marks.BEYOND_BUDGET;
  }

  /**
   * True when this direction was not captured though the other side shows that it was there: no
   * packet of it, while the other acknowledges. TCP only.
   */
  public boolean isOneWayCapture(Direction missing) {
    return side(missing).packets == 0
        && TcpStates.get(this, missing) == TcpStates.INACTIVE
        && (marks & Marks.of(missing, Marks.SEQUENCE_KNOWN)) == 0
        && (marks & Marks.of(missing.reverse(), Marks.ACK_KNOWN)) != 0;
  }

  /**
   * Says that no observer wants this direction's payload any more, for the rest of the flow: kept
   * bytes are freed at once, and neither payload nor gaps come any more. It may be said before the
   * side has spoken, and within any call to the observer.
   */
  public void refuse(Direction direction) {
    if (!wants(direction)) {
      return;
    }
    marks |= Marks.of(direction, Marks.REFUSED);
    FlowSide side = side(direction);
    if (side.stream != null) {
      dropKept(side);
    }
    if (side.seen != null) {
      seenBytes -= side.seen.memory();
      side.seen.shrink();
      seenBytes += side.seen.memory();
    }
  }

  /** What is kept was captured; what is between is missing, and nobody waits for it. */
  private static void dropKept(FlowSide side) {
    int reach = side.stream.keptReach(side.nextSequence);
    if (reach > 0) {
      side.addGap(reach - side.stream.keptPayload());
      side.nextSequence += reach;
    }
    side.stream.drop();
  }

  /** What comes again from now on is compared with nothing that came before. */
  void forgetSeenBytes() {
    if (seenBytes > 0) {
      originator.forgetSeen();
      responder.forgetSeen();
      seenBytes = 0;
    }
  }

  /** True until {@link #refuse} was called for this direction. */
  public boolean wants(Direction direction) {
    return (marks & Marks.of(direction, Marks.REFUSED)) == 0;
  }

  /**
   * Zeek's history string: one letter an event, upper case by the originator, lower case by the
   * responder (S SYN, H SYN-ACK, A ACK without payload, D payload, F FIN, R RST, G gap, T
   * retransmission, W zero window, I FIN with RST, Q other flags that exclude each other, ^
   * direction decided otherwise than by the first packet's sender). G, T and W are repeated at the
   * 10th, 100th, ... time, S when its sequence number changes, the others stand once a side. At
   * most 18 letters.
   */
  public String history() {
    return History.text(this);
  }
}
