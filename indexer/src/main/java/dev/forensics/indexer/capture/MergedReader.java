package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the captures of one sensor as one sequence in the order of packet time. A capture is opened
 * when its first packet's turn comes; while several overlap, the record with the earliest time goes
 * first, and of equal times the one of the capture that begins first, then by id; so the order does
 * not depend on when a capture was added. Within a capture the order of the file is kept, and a
 * time that is astray (see {@link Dating}) holds nobody up. Where only one capture is open, a
 * record costs few comparisons more than without merging.
 *
 * <p>At most {@link #MAX_OPEN} captures are open at a time, each with one block of the pool, so the
 * pool has to be able to lend one more than that. Further ones wait for an end, and their records
 * come late.
 *
 * <p>A capture that breaks is reported and left; the others go on. At its end a capture is closed
 * and finished; a reader that follows growing captures keeps it open instead, as long as there is
 * room, and looks again after {@link #wake}. So what is read between two calls of it is a step that
 * can be read again in the same order, with {@link #limit} at the places where it stopped. Records
 * at the end whose time is undecided wait there for others, unless a later one of another capture
 * is there: see {@link #letGo(LettingGo)}.
 *
 * <p>Records stay valid as the pool says, with {@link SingleThreadBlocks} until the next call. Not
 * thread-safe.
 */
public final class MergedReader implements Closeable {
  /** The most captures open at a time. */
  public static final int MAX_OPEN = 64;

  private final BlockPool blocks;
  private final CaptureFailureListener failures;
  private final boolean following;
  private final TrafficClock clock;
  private final Map<Integer, MergedLane> lanes = new HashMap<>();
  private final List<MergedLane> open = new ArrayList<>();
  private final IdleLanes idle = new IdleLanes();
  private final WaitingLanes waiting = new WaitingLanes();
  private final MergedCaptures captures = new MergedCaptures(lanes);
  private final MergedHoles holes = new MergedHoles(lanes, this::failIdle);

  /** The only open capture, if nothing of it is read ahead. */
  private MergedLane solo;

  private int captureIndex = -1;
  private int added;
  private boolean isHeld;

  /** A reader with these captures, from their beginning to their present end. */
  public MergedReader(
      List<CaptureFile> captures, BlockPool blocks, CaptureFailureListener failures) {
    this(captures, blocks, failures, new TrafficClock());
  }

  /** The same, where the records that are handed out move a clock. */
  public MergedReader(
      List<CaptureFile> captures,
      BlockPool blocks,
      CaptureFailureListener failures,
      TrafficClock clock) {
    this(blocks, failures, false, clock);
    captures.forEach(capture -> add(capture, 0));
  }

  /**
   * A reader without captures; {@link #add} them.
   *
   * @param following keeps captures open at their end, since they may grow
   * @param clock tells where the times of a capture may begin that is opened; moved by who takes
   *     the records
   */
  public MergedReader(
      BlockPool blocks, CaptureFailureListener failures, boolean following, TrafficClock clock) {
    this.blocks = blocks;
    this.failures = failures;
    this.following = following;
    this.clock = clock;
  }

  /**
   * Adds a capture, also while others are read.
   *
   * @param position 0, or where reading of it stopped before, see {@link #position}
   * @return its index, counting from 0 in the order of adding
   */
  public int add(CaptureFile capture, long position) {
    add(added, capture, position);
    return added - 1;
  }

  /**
   * Adds a capture under an index of the caller's choice, which decides among records of equal
   * time.
   *
   * @param index not in use
   * @param position as in {@link #add(CaptureFile, long)}
   */
  public void add(int index, CaptureFile capture, long position) {
    add(index, capture, position, null);
  }

  /**
   * The same, where it is known how its times stood.
   *
   * @param clock of the records before the position; null where it is not known, which takes the
   *     sensor's clock when the capture is opened
   */
  public void add(int index, CaptureFile capture, long position, CaptureClock clock) {
    MergedLane lane = new MergedLane(capture, index, position, clock);
    lane.passesTo = following ? 0 : Long.MAX_VALUE;
    lanes.put(index, lane);
    added = Math.max(added, index + 1);
    waiting.add(lane);
  }

  /**
   * A capture lies elsewhere by now, or is compressed: it is opened there when its turn comes. One
   * that is open stays open.
   *
   * @param capture the same capture
   */
  public void moved(int index, CaptureFile capture) {
    MergedLane lane = lanes.get(index);
    if (lane.state == MergedLane.State.WAITING) {
      waiting.moved(lane, capture);
    }
  }

  /**
   * Reads a capture no further than this, for now: records that end behind it are not handed out,
   * even when they are there. So the same records come whether the capture has grown since or not.
   *
   * @param position in bytes of the uncompressed capture; Long.MAX_VALUE for its end
   */
  public void limit(int index, long position) {
    limit(index, position, position);
  }

  /**
   * The same, where records behind the limit decide about the times of those before it.
   *
   * @param position as in {@link #limit(int, long)}
   * @param lookedTo records that end behind this position decide nothing
   */
  public void limit(int index, long position, long lookedTo) {
    lanes.get(index).limit(position, lookedTo);
  }

  /** The sensor's clock, that those move who take the records. */
  public TrafficClock clock() {
    return clock;
  }

  /** Where the captures stand. */
  public MergedCaptures captures() {
    return captures;
  }

  /** Holes in the captures: which are waited for, and which are passed over. */
  public MergedHoles holes() {
    return holes;
  }

  /**
   * Hands out nothing more until {@link #wake}: for a listener that hears of a capture whose
   * records have to come before those of others, though not from this file.
   */
  public void hold() {
    isHeld = true;
  }

  /** True after {@link #hold}, until {@link #wake}. */
  public boolean isHeld() {
    return isHeld;
  }

  /** Looks again at the captures that were at their end or limit, with the next record. */
  public void wake() {
    isHeld = false;
    solo = null;
    open.addAll(idle.wake());
  }

  /** Hands out, with the next records, also what waits for others to decide about its time. */
  public void letGo(LettingGo which) {
    solo = null;
    open.addAll(idle.letGo(which));
  }

  /** Closes a capture and forgets it; its index is not used again. */
  public void finish(int index) {
    MergedLane lane = lanes.remove(index);
    if (lane == null) {
      return;
    }
    open.remove(lane);
    idle.remove(lane);
    waiting.remove(lane);
    solo = null;
    finish(lane);
  }

  /**
   * Moves to the next record of all captures.
   *
   * @param into filled when the answer is true
   * @return false when nothing is left; when following, a later call may answer true
   */
  public boolean next(PacketRecord into) {
    MergedLane lane = solo;
    if (isHeld) {
      return false;
    }
    if (lane != null && advanceSolo(lane, into)) {
      captureIndex = lane.index;
      return true;
    }
    return nextOfSeveral(into);
  }

  private boolean advanceSolo(MergedLane lane, PacketRecord into) {
    try {
      if (!lane.advance(into, following)) {
        leave(lane);
        return false;
      }
    } catch (CaptureException e) {
      fail(lane, e);
      return false;
    }
    boolean isWithin = lane.reader.position() <= lane.limit;
    if (isWithin && into.turnNanos < waiting.nextNanos()) {
      lane.position = lane.reader.position();
      lane.tellDamage(failures);
      return true;
    }
    lane.head.view(into);
    lane.hasHead = true;
    solo = null;
    if (!isWithin) {
      leave(lane);
    }
    return false;
  }

  private boolean nextOfSeveral(PacketRecord into) {
    readHeads();
    MergedLane earliest = earliest();
    while ((isDue(earliest) && startNext()) || isPreceded(earliest)) {
      readHeads();
      earliest = earliest();
    }
    if (earliest == null || isHeld) {
      return false;
    }
    handOut(earliest, into);
    return true;
  }

  private void readHeads() {
    // Backwards, since a capture at its end leaves the list.
    for (int i = open.size() - 1; i >= 0; i--) {
      MergedLane lane = open.get(i);
      if (!lane.hasHead && !readHead(lane)) {
        leave(lane);
      }
    }
  }

  /** False at the end or limit of the capture; a broken one is removed and counts as read. */
  private boolean readHead(MergedLane lane) {
    try {
      lane.hasHead = lane.advance(lane.head, following);
      return lane.hasHead && !lane.isHeadPastLimit();
    } catch (CaptureException e) {
      fail(lane, e);
      return true;
    }
  }

  private MergedLane earliest() {
    MergedLane earliest = null;
    for (MergedLane lane : open) {
      if (earliest == null || lane.isBefore(earliest)) {
        earliest = lane;
      }
    }
    return earliest;
  }

  private boolean isDue(MergedLane earliest) {
    return !waiting.isEmpty()
        && (earliest == null || waiting.nextNanos() <= earliest.head.turnNanos);
  }

  /** Lets go of what is held of other captures, since a later record is there. */
  private boolean isPreceded(MergedLane earliest) {
    if (earliest == null || idle.size() == 0) {
      return false;
    }
    return open.addAll(idle.letGoBefore(earliest.head.turnNanos));
  }

  /** Opens the capture that waits first; false when too many are open. */
  private boolean startNext() {
    if (open.size() + idle.size() >= MAX_OPEN) {
      if (idle.size() == 0) {
        return false;
      }
      finish(idle.removeFirst());
    }
    MergedLane lane = waiting.removeFirst();
    try {
      lane.open(blocks, clock.nanos(), failures);
      open.add(lane);
      if (!following) {
        lane.split().forEach(waiting::add);
      }
    } catch (CaptureException e) {
      fail(lane, e);
    }
    return true;
  }

  private void handOut(MergedLane lane, PacketRecord into) {
    into.view(lane.head);
    lane.hasHead = false;
    captureIndex = lane.index;
    lane.position = lane.reader.position();
    lane.tellDamage(failures);
    solo = open.size() == 1 && !idle.areHolding() ? lane : null;
  }

  /** At its end or limit for now. */
  private void leave(MergedLane lane) {
    if (lane.state != MergedLane.State.OPEN) {
      return;
    }
    solo = null;
    open.remove(lane);
    lane.trailingBytes = lane.hasHead ? lane.limit - lane.position : lane.reader.trailingBytes();
    CaptureException unresolved = lane.reader.holes().unresolved();
    if (unresolved != null && !following) {
      fail(lane, unresolved);
    } else if (following) {
      idle.add(lane);
    } else {
      finish(lane);
    }
  }

  private void failIdle(MergedLane lane, CaptureException problem) {
    idle.remove(lane);
    fail(lane, problem);
  }

  private void finish(MergedLane lane) {
    lane.state = MergedLane.State.DONE;
    lane.close();
  }

  private void fail(MergedLane lane, CaptureException problem) {
    solo = null;
    open.remove(lane);
    lane.state = MergedLane.State.FAILED;
    lane.hasHead = false;
    lane.close();
    failures.captureFailed(lane.index, problem);
  }

  /** Index of the capture that the last record came from; -1 before the first one. */
  public int captureIndex() {
    return captureIndex;
  }

  /**
   * Offset past the last record that was handed out from a capture, in bytes of the uncompressed
   * capture; a later reader may {@link #add} it at this position.
   */
  public long position(int index) {
    return lanes.get(index).furthest().position;
  }

  /** Closes every capture that is open. */
  @Override
  public void close() {
    lanes.values().forEach(MergedLane::closeAll);
    waiting.clear();
    open.clear();
    idle.clear();
    solo = null;
  }
}
