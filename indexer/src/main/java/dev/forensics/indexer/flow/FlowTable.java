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

  /** How long a segment's cut waits for a hole to be filled, in nanoseconds. */
  private static final long CUT_GRACE_NANOS = 10_000_000_000L;

  private final FlowSettings settings;
  private final FlowObserver observer;
  private final FlowCounters counters = new FlowCounters();
  private final FlowSide silent = FlowSide.SILENT;
  private final FlowIndex index;
  private final DuplicateFilter copies;
  private final EarlierFlows earlier;
  private final Reassembler reassembler;
  private final TcpTracker tcp;
  private final Endings endings;
  private final long activeNanos;

  /** Time of the packet that is looked at, and the same or the clock where it is far behind. */
  private long timeNanos;

  private long seenNanos;

  private Replay replay;

  /** Makes an empty table that reports to this observer. */
  public FlowTable(FlowSettings settings, FlowObserver observer) {
    this.settings = settings;
    this.observer = observer;
    index = new FlowIndex(settings);
    reassembler = new Reassembler(settings, observer, counters);
    tcp = new TcpTracker(settings, observer, counters, reassembler);
    copies = new DuplicateFilter(settings);
    earlier = new EarlierFlows(settings, counters, index);
    endings =
        new Endings(settings, observer, counters, index, reassembler, earlier, copies, silent);
    activeNanos = settings.active().toNanos();
  }

  /** Counts of this table, live. */
  public FlowCounters counters() {
    return counters;
  }

  /**
   * Takes the next packet. A packet without transport header only moves the clock.
   *
   * @param p read during the call only
   */
  public void packet(DecodedPacket p) {
    advance(p.clockNanos);
    if (p.stopLayer != null || p.ipVersion == 0) {
      counters.withoutFlow++;
      return;
    }
    counters.packets++;
    lookAtTime(p);
    int hash = index.hash(p);
    Flow flow = index.find(p, hash);
    copies.take(p);
    boolean isStart = replay != null && replay.startsAt(p);
    if (!isStart && isCopy(flow, p)) {
      counters.duplicates++;
      return;
    }
    boolean isSkipped = replay != null && !isStart && flow == null;
    if (!isSkipped && endings.seesNews()) {
      flow = index.find(p, hash);
    }
    followNews(p, hash, flow, isStart);
  }

  private void followNews(DecodedPacket p, int hash, Flow flow, boolean isStart) {
    if (isStart) {
      rebuild(p, hash, flow);
    } else if (flow != null && endings.fellDue(flow, p, timeNanos, seenNanos)) {
      follow(p, hash, null);
    } else {
      if (flow != null) {
        date(flow, p);
      }
      follow(p, hash, flow);
    }
  }

  private void lookAtTime(DecodedPacket p) {
    timeNanos = p.timeNanos();
    seenNanos = p.clockNanos - timeNanos <= FlowQueues.GRACE_NANOS ? timeNanos : p.clockNanos;
    endings.seesAhead(timeNanos > p.clockNanos);
  }

  private void date(Flow flow, DecodedPacket p) {
    if (p.isAstray()) {
      AstrayTime.settle(flow, p);
      lookAtTime(p);
    } else {
      AstrayTime.begin(flow, p);
    }
  }

  private boolean isCopy(Flow flow, DecodedPacket p) {
    boolean isCopy = flow != null && copies.isCopy(flow, p, direction(flow, p));
    if (isCopy || earlier.repeats(p, flow)) {
      if (flow != null) {
        flow.duplicates++;
      }
      if (isCopy && p.protocol == TCP && p.payloadLength > 0) {
        reassembler.copy(flow, direction(flow, p), p);
      }
      return true;
    }
    return false;
  }

  /** Follows a packet that is no copy; flow is null when its key has none. */
  private void follow(DecodedPacket p, int hash, Flow flow) {
    if (flow == null) {
      beginUnlessReplayed(p, hash, null);
      return;
    }
    Direction by = direction(flow, p);
    if (p.protocol == TCP && tcp.begins(flow, p, by)) {
      endAsReused(flow);
      beginUnlessReplayed(p, hash, flow);
      return;
    }
    if (timeNanos >= flow.gridEndNanos || flow.side(by).packets >= MOST_PACKETS) {
      cut(flow, p, by);
    }
    flow.seenAgain = true;
    count(flow, p, by);
    keepWithinBounds();
  }

  private void endAsReused(Flow flow) {
    if (replay == null) {
      endings.end(flow, EndReason.REUSED);
    } else {
      endings.forget(flow);
    }
  }

  /** A replay begins flows where the set says so, and nowhere else. */
  private void beginUnlessReplayed(DecodedPacket p, int hash, Flow before) {
    if (replay == null) {
      begin(p, hash, null, before);
      keepWithinBounds();
    } else if (before == null) {
      counters.replaySkipped++;
    }
  }

  /** A replay's flows found room before. */
  private void keepWithinBounds() {
    if (replay == null) {
      endings.evictForBytes();
    }
  }

  private void rebuild(DecodedPacket p, int hash, Flow before) {
    if (before != null) {
      endings.forget(before);
    }
    begin(p, hash, replay.segment(), before);
  }

  private static Direction direction(Flow flow, DecodedPacket p) {
    return FlowIndex.fromOriginator(flow, p) ? Direction.ORIGINATOR : Direction.RESPONDER;
  }

  /** The flow before it on its key is null when there was none just now. */
  private void begin(DecodedPacket p, int hash, SegmentStart resumed, Flow before) {
    endings.evictForOneMore();
    boolean sends = resumed == null ? Orientation.senderOriginates(p) : resumed.senderOriginates();
    Flow flow = resumed == null ? new Flow(silent) : new Flow();
    flow.setKey(p, sends);
    flow.flowStartNanos = p.timestampNanos;
    flow.lastNanos = timeNanos;
    flow.seenNanos = seenNanos;
    if (resumed == null) {
      flow.firstPacketHash = PacketHash.of(p, settings);
      flow.midstream = p.protocol == TCP && (p.tcpFlags & TcpTracker.SYN) == 0;
      if (!sends) {
        History.addFlipped(flow);
      }
    } else {
      resumed.restore(flow);
    }
    flow.marks &= ~Marks.BEGUN_ASTRAY;
    flow.marks |= p.isAstray() ? Marks.BEGUN_ASTRAY : 0;
    if (before != null) {
      copies.inherit(flow, before);
    }
    openSegment(flow, p);
    index.add(flow, hash);
    counters.countStart();
    endings.begun(flow);
    observer.flowStarted(flow, p);
    if (resumed != null) {
      goOn(flow, resumed);
    }
    count(flow, p, sends ? Direction.ORIGINATOR : Direction.RESPONDER);
  }

  /** What was known when the segment began counts, not what is known now. */
  private void goOn(Flow flow, SegmentStart resumed) {
    flow.names = resumed.names();
    if (resumed.observed() != null) {
      observer.segmentResumed(flow, resumed.observed());
    }
    endings.passDeadline(flow, timeNanos);
  }

  private void openSegment(Flow flow, DecodedPacket p) {
    flow.startNanos = p.timestampNanos;
    flow.endNanos = p.timestampNanos;
    flow.gridEndNanos = gridEnd(flow);
    flow.vlanId = (short) p.vlanId;
    flow.innerVlanId = (short) p.innerVlanId;
    flow.tunnel = p.tunnel;
    flow.tunnelId = p.tunnelId;
    flow.tunnelPort = p.tunnelPort;
  }

  /** The end of the current cell of the grid of active time-outs, shifted by the flow's key. */
  private long gridEnd(Flow flow) {
    long shift = Math.floorMod(KeyHash.stable(flow), activeNanos);
    return timeNanos - Math.floorMod(timeNanos + shift, activeNanos) + activeNanos;
  }

  private void count(Flow flow, DecodedPacket p, Direction by) {
    FlowSide side = flow.side(by);
    if (side == silent) {
      side = new FlowSide();
      flow.responder = side;
    }
    copies.remember(flow);
    side.identify(p.identification);
    side.packets++;
    side.bytes += p.originalLength;
    if (side.packets == 1 || p.capturedLength < p.originalLength) {
      side.describe(p);
    }
    flow.seenAt(timeNanos);
    flow.seenNanos = Math.max(flow.seenNanos, seenNanos);
    flow.endNanos = Math.max(flow.endNanos, p.timestampNanos);
    if (p.heldPositions != null) {
      pointToFragments(flow, p);
    }
    flow.addPointer(p.captureIndex, p.position, settings.packetPointers());
    if (p.protocol == TCP) {
      boolean open = (flow.marks & Marks.CLOSED) == 0;
      tcp.packet(flow, p, by, side);
      if (open && (flow.marks & Marks.CLOSED) != 0) {
        endings.closed(flow);
      } else if (!open && (flow.marks & Marks.CLOSED) == 0) {
        endings.opened(flow);
      }
    } else {
      datagram(flow, p, by, side);
    }
    endings.weigh(flow);
    endings.noteDeadline(flow);
  }

  private void pointToFragments(Flow flow, DecodedPacket p) {
    for (int i = 0; i < p.heldPositions.length; i++) {
      flow.addPointer(p.heldCaptureIndexes[i], p.heldPositions[i], settings.packetPointers());
    }
  }

  private void datagram(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    flow.marks = by == Direction.ORIGINATOR ? flow.marks | Marks.ASKED : flow.marks & ~Marks.ASKED;
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
    if (holds(flow.originator) || holds(flow.responder)) {
      if (timeNanos < flow.gridEndNanos + CUT_GRACE_NANOS) {
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
    flow.seenBytes = 0;
    flow.reset = null;
    flow.resetPointers();
    openSegment(flow, p);
    flow.segmentStart = SegmentStart.of(flow, by, observer.segmentState(flow));
    endings.weigh(flow);
    TcpStates.summarize(flow);
    endings.passDeadline(flow, timeNanos);
  }

  private static boolean holds(FlowSide side) {
    return side.stream != null && side.stream.first != null;
  }

  /**
   * Moves the clock without a packet, so that flows end though none of their worker's packets come.
   *
   * @param clock packet time of the sensor, in nanoseconds. When it goes back, the next packet that
   *     was not read before decides that no flow was seen later than it said then.
   */
  public void advance(long clock) {
    endings.advance(clock);
  }

  /**
   * Tells of steps of the clock, before the first packet or {@link #advance} behind one. Flows of
   * before do not age by it: a packet that goes on exactly with one of them joins it.
   *
   * @param steppedNanos how far all steps so far have set the clock forward
   * @param ahead times ahead of the clock that undecided packets have shown, in order; kept
   */
  public void setForward(long steppedNanos, long[] ahead) {
    endings.setForward(steppedNanos, ahead);
  }

  /**
   * When that happened which the observer is being told, in nanoseconds of packet time, as if the
   * clock had never been set back: the clock of the packet, or the clock at which it falls due
   * without one. It does not depend on who else is in the table. Once {@link #advance} has
   * returned, later moments are not before its clock.
   */
  public long momentNanos() {
    return endings.momentNanos();
  }

  /**
   * Ends all flows: those that are over or closed for their own reason, the others for this one.
   */
  public void endAll(EndReason reason) {
    endings.endAll(reason);
  }

  /** Shows the flows that are open, in no particular order. */
  public void forEachOpen(Consumer<Flow> consumer) {
    endings.forEachOpen(consumer);
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
