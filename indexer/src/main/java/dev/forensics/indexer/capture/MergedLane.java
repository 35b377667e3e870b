package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One capture of a {@link MergedReader}, or some of its sections: its reader while it is open, and
 * how far it is.
 */
final class MergedLane {
  /** By beginning, then by identity. */
  static final Comparator<MergedLane> ORDER =
      Comparator.<MergedLane>comparingLong(lane -> lane.capture.firstPacketNanos())
          .thenComparing(lane -> lane.capture.id().value())
          .thenComparingInt(lane -> lane.index)
          .thenComparingLong(lane -> lane.start);

  /** Where a capture stands. */
  enum State {
    WAITING,
    OPEN,
    /** At its end for now, still open. */
    IDLE,
    DONE,
    FAILED
  }

  /** Where it lies; of an open one, where it lay when it was opened. */
  CaptureFile capture;

  final int index;
  final PacketRecord head = new PacketRecord();
  State state = State.WAITING;
  DatedReader reader;

  /** The head was read and not handed out yet. */
  boolean hasHead;

  /** Offset past the last record handed out, in bytes of the uncompressed capture. */
  long position;

  /** Records that end behind this position are not handed out for now. */
  long limit = Long.MAX_VALUE;

  /** Holes that begin before this position are passed over, later ones are waited for. */
  long passesTo = Long.MAX_VALUE;

  /** Records that end behind this position decide nothing about those before it. */
  long visible = Long.MAX_VALUE;

  long trailingBytes;

  private CaptureInterfaces interfaces = CaptureInterfaces.NONE;

  /** Of the times before its position when it was opened; null before when they are not known. */
  CaptureClock openedWith;

  private CaptureClock closedWith;

  /** Offset of the first section that it reads; 0 for the beginning of the capture. */
  private long start;

  /** Reads the capture's sections behind its own; null when there are none. */
  private MergedLane rest;

  MergedLane(CaptureFile capture, int index, long position, CaptureClock clock) {
    this.capture = capture;
    this.index = index;
    this.position = position;
    openedWith = clock;
  }

  /** Opens it where its reading goes on, and tells what it says wrongly of itself. */
  void open(BlockPool blocks, long clockNanos, CaptureFailureListener listener)
      throws CaptureException {
    PositionedReader opened =
        start == 0 ? capture.openPositioned(blocks, position) : capture.openSections(blocks, start);
    if (opened.oddity() != null) {
      listener.captureOdd(index, capture.path() + ": " + opened.oddity());
    }
    openedWith = openedWith == null ? CaptureClock.at(clockNanos) : openedWith;
    reader = new DatedReader(opened, position, openedWith);
    reader.holes().waitFrom(passesTo);
    reader.look(visible);
    state = State.OPEN;
  }

  /**
   * Leaves the sections whose times overlap with its own, or with one another, to lanes of their
   * own. To be asked for before anything is read.
   *
   * @return those lanes, empty mostly
   */
  List<MergedLane> split() {
    List<MergedLane> others = new ArrayList<>();
    if (position > 0) {
      return others;
    }
    MergedLane last = this;
    for (SectionRun run : JoinedSections.of(capture)) {
      if (run.start() > 0) {
        last.rest =
            new MergedLane(capture.beginningAt(run.beginsNanos()), index, run.start(), null);
        last = last.rest;
        last.start = run.start();
        others.add(last);
      }
      last.limit(run.end(), run.end());
    }
    return others;
  }

  /** Of the lanes of a capture, the last one that has handed out something. */
  MergedLane furthest() {
    boolean hasBegun = rest != null && rest.furthest().position > rest.start;
    return hasBegun ? rest.furthest() : this;
  }

  void closeAll() {
    close();
    if (rest != null) {
      rest.closeAll();
    }
  }

  void close() {
    DatedReader closing = reader;
    if (closing == null) {
      return;
    }
    interfaces = closing.interfaces();
    closedWith = closing.clock();
    reader = null;
    try {
      closing.close();
    } catch (IOException e) {
      // Nothing was written, so nothing is lost when closing a file fails.
      return;
    }
  }

  /**
   * Reads its next record.
   *
   * @param following false when nothing will come that could decide about its last ones
   */
  boolean advance(PacketRecord into, boolean following) throws CaptureException {
    if (position >= limit) {
      return false;
    }
    if (reader.next(into)) {
      return true;
    }
    if (following || !reader.isHolding()) {
      return false;
    }
    reader.letGo(LettingGo.ALL);
    return reader.next(into);
  }

  /** True when its head goes before that of another one. */
  boolean isBefore(MergedLane other) {
    long first = head.turnNanos;
    long second = other.head.turnNanos;
    return first == second ? ORDER.compare(this, other) < 0 : first < second;
  }

  /** Tells the damage that stands before the record being handed out. */
  void tellDamage(CaptureFailureListener listener) {
    while (reader.holes().hasPassed()) {
      listener.captureDamaged(index, reader.holes().takePassed());
    }
  }

  /** What it has said of its interfaces, as far as it was read. */
  CaptureInterfaces interfaces() {
    CaptureInterfaces own = reader == null ? interfaces : reader.interfaces();
    return rest == null ? own : own.and(rest.interfaces());
  }

  /** True when the next record was read but ends behind the limit. Only of an open or idle one. */
  boolean isHeadPastLimit() {
    return hasHead && reader.position() > limit;
  }

  /** Bounds what is handed out, and what is looked at to decide about it. */
  void limit(long handedOut, long lookedAt) {
    limit = handedOut;
    visible = lookedAt;
    if (reader != null) {
      reader.look(lookedAt);
    }
  }

  /** What is known of the times before its position; null when nothing is, before it is opened. */
  CaptureClock clock() {
    CaptureClock beforeOrAfter = closedWith == null ? openedWith : closedWith;
    return reader == null ? beforeOrAfter : reader.clock();
  }

  /** Time of the first record held that may come out; Long.MAX_VALUE for none. */
  long heldNanos() {
    return reader == null || position >= limit ? Long.MAX_VALUE : reader.heldNanos();
  }

  /** True while records are held that others have to decide about. */
  boolean isHolding() {
    return reader != null && reader.isHolding();
  }
}
