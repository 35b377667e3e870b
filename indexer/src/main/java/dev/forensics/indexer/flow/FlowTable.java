package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.function.Consumer;

/**
 * The flows of one worker: finds the flow of each packet, follows it, ends it by packet time, and
 * tells a {@link FlowObserver}. Not thread-safe. The rules are in the package's documentation.
 */
public final class FlowTable {
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** A segment with so many packets of one side is cut, so that no counter overflows. */
  private static final int MOST_PACKETS = 1 << 30;

  /** Roughly what a flow takes in memory without payload, its place in the index included. */
  private static final int FLOW_BYTES = 300;

  /** Roughly what the side of a responder takes that has spoken. */
  private static final int SIDE_BYTES = 120;

  /** How long a segment's cut waits for a hole to be filled, in nanoseconds. */
  private static final long CUT_GRACE_NANOS = 10_000_000_000L;

  private final FlowSettings settings;
  private final FlowObserver observer;
  private final FlowCounters counters = new FlowCounters();
  private final FlowSide silent = new FlowSide();
  private final FlowIndex index;
  private final DuplicateFilter copies = new DuplicateFilter();
  private final Reassembler reassembler;
  private final TcpTracker tcp;
  private final FlowQueues queues;
  private final long activeNanos;
  private final IdleQueue.Expiry expiry = this::expired;
  private long clockNanos = Long.MIN_VALUE;
  private long momentNanos = Long.MIN_VALUE;

  /** What the flows take in memory, roughly. */
  private long keptBytes;

  private Replay replay;

  /** Makes an empty table that reports to this observer. */
  public FlowTable(FlowSettings settings, FlowObserver observer) {
    this.settings = settings;
    this.observer = observer;
    index = new FlowIndex(settings);
    reassembler = new Reassembler(settings, observer, counters);
    tcp = new TcpTracker(settings, observer, counters, reassembler);
    queues = new FlowQueues(settings);
    activeNanos = settings.active().toNanos();
  }

  /** Counts of this table, live. */
  public FlowCounters counters() {
    return counters;
  }

  /**
   * Takes the next packet. A packet without transport header only moves the clock.
   *
   * @param p read during the call only; its clockNanos never goes back
   */
  public void packet(DecodedPacket p) {
    advance(p.clockNanos);
    if (p.stopLayer != null || p.ipVersion == 0) {
      counters.withoutFlow++;
      return;
    }
    counters.packets++;
    int hash = index.hash(p);
    Flow flow = index.find(p, hash);
    if (flow != null && queues.isOver(flow, clockNanos)) {
      end(flow, TcpTracker.reason(flow));
      flow = null;
    }
    if (replay != null) {
      replayed(p, hash, flow);
    } else if (copies.isCopy(p, hash) && flow != null) {
      counters.duplicates++;
      flow.duplicates++;
    } else {
      follow(p, hash, flow);
    }
  }

  /** Follows a packet that is no copy; flow is null when its key has none. */
  private void follow(DecodedPacket p, int hash, Flow known) {
    Flow flow = known;
    Direction by = flow == null ? null : direction(flow, p);
    if (flow != null && p.protocol == TCP && tcp.begins(flow, p, by)) {
      end(flow, EndReason.REUSED);
      flow = null;
    }
    if (flow == null) {
      begin(p, hash, null);
      keepWithinBounds();
      return;
    }
    if (clockNanos >= flow.gridEndNanos || flow.side(by).packets >= MOST_PACKETS) {
      cut(flow, p, by);
    }
    flow.seenAgain = true;
    count(flow, p, by);
    keepWithinBounds();
  }

  /**
   * What is known of flows takes more than they do, and more with every message: the least recently
   * seen end early. A replay's flows found room before.
   */
  private void keepWithinBounds() {
    while (keptBytes > settings.maxBytes() && counters.current > 1 && replay == null) {
      evict();
    }
  }

  private int bytes(Flow flow) {
    boolean isOneSided = flow.responder == silent && flow.segment == 1; // a resumed one has both
    int own = isOneSided ? FLOW_BYTES : FLOW_BYTES + SIDE_BYTES;
    return own + flow.pointerBytes() + flow.observedBytes;
  }

  private void replayed(DecodedPacket p, int hash, Flow flow) {
    if (replay.startsAt(p)) {
      copies.isCopy(p, hash);
      if (flow != null) {
        forget(flow);
      }
      begin(p, hash, replay.segment());
    } else if (flow == null) {
      counters.replaySkipped++;
    } else if (copies.isCopy(p, hash)) {
      counters.duplicates++;
      flow.duplicates++;
    } else if (p.protocol == TCP && tcp.begins(flow, p, direction(flow, p))) {
      forget(flow);
    } else {
      follow(p, hash, flow);
    }
  }

  private static Direction direction(Flow flow, DecodedPacket p) {
    return FlowIndex.fromOriginator(flow, p) ? Direction.ORIGINATOR : Direction.RESPONDER;
  }

  private void begin(DecodedPacket p, int hash, SegmentStart resumed) {
    while (counters.current >= settings.maxFlows()) {
      evict();
    }
    boolean sends = resumed == null ? Orientation.senderOriginates(p) : resumed.senderOriginates();
    Flow flow = resumed == null ? new Flow(silent) : new Flow();
    flow.setKey(p, sends);
    flow.flowStartNanos = p.timestampNanos;
    if (resumed == null) {
      flow.firstPacketHash = PacketHash.of(p, settings);
      flow.midstream = p.protocol == TCP && (p.tcpFlags & TcpTracker.SYN) == 0;
      if (!sends) {
        History.addFlipped(flow);
      }
    } else {
      resumed.restore(flow);
    }
    openSegment(flow, p);
    index.add(flow, hash);
    counters.countStart();
    queues.add(flow);
    observer.flowStarted(flow, p);
    if (resumed != null) {
      goOn(flow, resumed);
    }
    keptBytes += bytes(flow);
    count(flow, p, sends ? Direction.ORIGINATOR : Direction.RESPONDER);
  }

  /** What was known when the segment began counts, not what is known now. */
  private void goOn(Flow flow, SegmentStart resumed) {
    flow.names = resumed.names();
    if (resumed.observed() != null) {
      observer.segmentResumed(flow, resumed.observed());
    }
  }

  private void openSegment(Flow flow, DecodedPacket p) {
    flow.startNanos = p.timestampNanos;
    flow.endNanos = p.timestampNanos;
    flow.lastClockNanos = clockNanos;
    flow.gridEndNanos = gridEnd(flow);
    flow.vlanId = (short) p.vlanId;
    flow.innerVlanId = (short) p.innerVlanId;
    flow.tunnel = p.tunnel;
    flow.tunnelId = p.tunnelId;
  }

  /** The end of the current cell of the grid of active time-outs, shifted by the flow's key. */
  private long gridEnd(Flow flow) {
    long shift = Math.floorMod(KeyHash.stable(flow), activeNanos);
    return clockNanos - Math.floorMod(clockNanos + shift, activeNanos) + activeNanos;
  }

  private void count(Flow flow, DecodedPacket p, Direction by) {
    int bytesBefore = bytes(flow);
    FlowSide side = flow.side(by);
    if (side == silent) {
      side = new FlowSide();
      flow.responder = side;
    }
    side.packets++;
    side.bytes += p.originalLength;
    if (side.packets == 1 || p.capturedLength < p.originalLength) {
      side.describe(p);
    }
    flow.lastClockNanos = clockNanos;
    flow.endNanos = Math.max(flow.endNanos, p.timestampNanos);
    if (p.heldPositions != null) {
      pointToFragments(flow, p);
    }
    flow.addPointer(p.captureIndex, p.position, settings.packetPointers());
    if (p.protocol == TCP) {
      boolean open = (flow.marks & Marks.CLOSED) == 0;
      tcp.packet(flow, p, by, side);
      if (open && (flow.marks & Marks.CLOSED) != 0) {
        queues.closed(flow);
      }
    } else {
      datagram(flow, p, by, side);
    }
    keptBytes += bytes(flow) - bytesBefore;
  }

  private void pointToFragments(Flow flow, DecodedPacket p) {
    for (int i = 0; i < p.heldPositions.length; i++) {
      flow.addPointer(p.heldCaptureIndexes[i], p.heldPositions[i], settings.packetPointers());
    }
  }

  private void datagram(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    if (p.protocol == UDP && side.packets == 1) {
      flow.connectionState =
          flow.originator.packets == 0
              ? ConnectionState.SHR
              : flow.responder.packets == 0 ? ConnectionState.S0 : ConnectionState.SF;
    }
    if (p.payloadWireLength > 0) {
      side.payloadBytes += p.payloadWireLength;
      History.addOnce(flow, by, Marks.DATA, 'D');
      reassembler.datagram(flow, by, side, p);
    }
  }

  /** Ends the flow's segment before this packet, unless a hole is about to be filled. */
  private void cut(Flow flow, DecodedPacket p, Direction by) {
    int bytesBefore = bytes(flow);
    if (holds(flow.originator) || holds(flow.responder)) {
      if (clockNanos < flow.gridEndNanos + CUT_GRACE_NANOS) {
        return;
      }
      reassembler.flush(flow);
    }
    reassembler.settle(flow);
    flow.endReason = EndReason.ACTIVE;
    counters.countEnd(EndReason.ACTIVE);
    observer.flowEnded(flow);
    flow.endReason = null;
    flow.segment++;
    flow.marks &= ~(Marks.PER_SEGMENT | (Marks.PER_SEGMENT << 16));
    flow.history = 0;
    flow.moreHistory = 0;
    flow.duplicates = 0;
    flow.originator.resetCounters();
    if (flow.responder != silent) {
      flow.responder.resetCounters();
    }
    flow.resetPointers();
    openSegment(flow, p);
    flow.segmentStart = SegmentStart.of(flow, by, observer.segmentState(flow));
    keptBytes += bytes(flow) - bytesBefore;
    TcpStates.summarize(flow);
  }

  private static boolean holds(FlowSide side) {
    return side.stream != null && side.stream.first != null;
  }

  /**
   * Moves the clock without a packet, so that flows end though none of their worker's packets come.
   *
   * @param clock packet time of the sensor's latest packet, in nanoseconds; earlier ones are
   *     ignored
   */
  public void advance(long clock) {
    if (clock > clockNanos) {
      clockNanos = clock;
    }
    passDeadlines();
    queues.expire(clockNanos, expiry);
    momentNanos = clockNanos;
  }

  /** One deadline after the other, so that each is heard at its own moment. */
  private void passDeadlines() {
    long deadline = observer.nextDeadlineNanos();
    while (deadline <= clockNanos) {
      momentNanos = deadline;
      observer.clockPassed(deadline);
      long next = observer.nextDeadlineNanos();
      if (next <= deadline) {
        return;
      }
      deadline = next;
    }
  }

  /**
   * When that happened which the observer is being told, in nanoseconds of packet time: the clock
   * of the packet, the deadline, or the time at which the flow fell due. It does not depend on who
   * else is in the table. Once {@link #advance} has returned, later moments are not before its
   * clock.
   */
  public long momentNanos() {
    return momentNanos;
  }

  private void expired(Flow flow) {
    momentNanos = Math.min(clockNanos, queues.dueNanos(flow));
    finish(flow, TcpTracker.reason(flow));
  }

  private void end(Flow flow, EndReason reason) {
    queues.remove(flow);
    finish(flow, reason);
  }

  /** Ends a flow that has left its queue. */
  private void finish(Flow flow, EndReason reason) {
    keptBytes -= bytes(flow);
    index.remove(flow);
    counters.current--;
    reassembler.finish(flow);
    flow.endReason = reason;
    counters.countEnd(reason);
    observer.flowEnded(flow);
  }

  private void forget(Flow flow) {
    keptBytes -= bytes(flow);
    queues.remove(flow);
    index.remove(flow);
    counters.current--;
    flow.refuse(Direction.ORIGINATOR);
    flow.refuse(Direction.RESPONDER);
    observer.flowForgotten(flow);
  }

  private void evict() {
    Flow oldest = queues.leastRecentlySeen();
    boolean over = queues.isOver(oldest, clockNanos);
    end(oldest, over ? TcpTracker.reason(oldest) : EndReason.EVICTED);
  }

  /**
   * Ends all flows: those that are over or closed for their own reason, the others for this one.
   */
  public void endAll(EndReason reason) {
    endOver();
    for (Flow flow = queues.first(); flow != null; flow = queues.first()) {
      end(flow, (flow.marks & Marks.CLOSED) != 0 ? TcpTracker.reason(flow) : reason);
    }
  }

  /**
   * Ends the flows that are over by now, to the nanosecond; {@link #advance} finds some of them a
   * little later.
   */
  public void endOver() {
    queues.expireExactly(clockNanos, expiry);
  }

  /** Ends the flows that are over by now, then shows the others, in no particular order. */
  public void forEachOpen(Consumer<Flow> consumer) {
    endOver();
    queues.forEach(consumer);
  }

  /**
   * Rebuilds the flows that were open at a committed position. Until {@link #endReplay}, a packet
   * begins a flow only where one of the set began, and packets of no such flow are skipped. Called
   * on an empty table, before the first packet, which is not behind the set's first position.
   *
   * @param starts where the open flows began, as of the committed position
   */
  public void replay(StartSet starts) {
    replay = new Replay(starts);
  }

  /** The next packet is the first that was not committed. */
  public void endReplay() {
    replay = null;
  }

  /** True between {@link #replay} and {@link #endReplay}. */
  public boolean replaying() {
    return replay != null;
  }
}
