package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Reads a capture and says of each record whether its time can be believed, see {@link
 * CaptureTime}. A record whose time wants others to decide is held, as a copy, until they are read:
 * at most {@value #MOST_HELD} records. All others go through as they are. Of a record that was let
 * go undecided the time is kept: it confirms later ones, and is confirmed by them. The records of
 * another section of the capture decide nothing: sections may be captures that were joined
 * together.
 */
final class DatedReader implements CaptureReader {
  /** Where so many records in a row decide nothing, the first is let go. */
  static final int MOST_HELD = 32;

  /** A step forward of less is taken for a pause, and not told. */
  private static final long TOLD_NANOS = 3_600_000_000_000L;

  private final PositionedReader reader;
  private final Holes holes;
  private final CaptureTime time;
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private final ArrayDeque<Long> gone = new ArrayDeque<>();
  private final long[] times = new long[2 * MOST_HELD];
  private long position;
  private long visible = Long.MAX_VALUE;
  private boolean hasBegun;
  private long goneSection;
  private int lettingGo;
  private CaptureException failure;

  private record Held(PacketRecord record, long end) {}

  /**
   * @param reader of the records
   * @param position where it stands
   * @param clock what is known of the times before
   */
  DatedReader(PositionedReader reader, long position, CaptureClock clock) {
    this.reader = reader;
    holes = reader.holes();
    this.position = position;
    time = new CaptureTime(clock.nanos());
    gone.addAll(clock.undecided());
    goneSection = clock.section();
  }

  /** What is known of the times before the position. */
  CaptureClock clock() {
    return new CaptureClock(time.clockNanos(), goneSection, List.copyOf(gone));
  }

  /** Records that end behind this position decide nothing for now. */
  void look(long endPosition) {
    visible = endPosition;
    holes.look(endPosition);
    lettingGo = 0;
  }

  /** The first record held comes out next, undecided as it is. */
  void letOneGo() {
    lettingGo = 1;
  }

  /**
   * So do the records held.
   *
   * @param which all of them, or those before the first one that cannot stand behind a pause
   */
  void letGo(LettingGo which) {
    lettingGo = which == LettingGo.ALL ? held.size() : heldAfterPause();
  }

  private int heldAfterPause() {
    int count = 0;
    for (Held one : held) {
      if (!time.mayFollowPause(one.record.timestampNanos)) {
        break;
      }
      count++;
    }
    return count;
  }

  /** True while records are held for others to come. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Time of the first record held that may come out, in nanoseconds; Long.MAX_VALUE for none. */
  long heldNanos() {
    boolean any = !held.isEmpty() && held.peekFirst().end <= visible;
    return any ? held.peekFirst().record.timestampNanos : Long.MAX_VALUE;
  }

  /** {@inheritDoc} Also false while what comes next has to be decided by what is not there yet. */
  @Override
  public boolean next(PacketRecord into) throws CaptureException {
    if (held.isEmpty()) {
      if (!advance(into)) {
        return false;
      }
      if (time.goesOn(into.timestampNanos)) {
        if (!gone.isEmpty()) {
          gone.clear(); // the capture stands where it stood before them
        }
        position = reader.position();
        hasBegun = true;
        into.dating = Dating.BELIEVED;
        into.turnNanos = into.timestampNanos;
        into.stepNanos = 0;
        return true;
      }
      hold(into);
    }
    return nextHeld(into);
  }

  private boolean nextHeld(PacketRecord into) throws CaptureException {
    while (true) {
      long before = time.clockNanos();
      Dating decided = decide();
      if (decided != null) {
        handOut(into, decided, before);
        return true;
      }
      if (held.peekLast().end > visible || !advance(into)) {
        return letFirstGo(into);
      }
      hold(into);
    }
  }

  /** Where the capture is broken, what came before counts. */
  private boolean advance(PacketRecord into) throws CaptureException {
    if (failure == null) {
      try {
        return reader.next(into);
      } catch (CaptureException e) {
        failure = e;
      }
    }
    if (held.isEmpty()) {
      throw failure;
    }
    letGo(LettingGo.ALL);
    return false;
  }

  private void hold(PacketRecord record) {
    held.addLast(new Held(record.copy(), reader.position()));
  }

  private Dating decide() {
    long section = held.peekFirst().record.section;
    if (!gone.isEmpty() && isOther(section, goneSection)) {
      gone.clear();
    }
    Dating decided = decideFirst(section);
    while (decided != null && !gone.isEmpty()) {
      gone.removeFirst();
      decided = decideFirst(section);
    }
    return decided;
  }

  private static boolean isOther(long one, long other) {
    boolean areKnown = one != PacketRecord.NO_SECTION && other != PacketRecord.NO_SECTION;
    return areKnown && one != other;
  }

  /** Decides about the first time that is gone undecided, or about the first record held. */
  private Dating decideFirst(long section) {
    int count = 0;
    for (long one : gone) {
      times[count++] = one;
    }
    int before = count;
    boolean isSectionOver = false;
    for (Held one : held) {
      isSectionOver = one.end <= visible && one.record.section != section;
      if (one.end > visible || isSectionOver) {
        break;
      }
      times[count++] = one.record.timestampNanos;
    }
    Dating decided = count == before ? null : time.decide(times, count);
    boolean isLast = count >= MOST_HELD || (isSectionOver && count > before);
    return decided == null && isLast ? undecided() : decided;
  }

  /** Earlier than those before it is astray until others prove the contrary. */
  private Dating undecided() {
    boolean isBack =
        time.clockNanos() != CaptureTime.UNSET
            && held.peekFirst().record.timestampNanos < time.clockNanos();
    return isBack ? Dating.ASTRAY : Dating.UNDECIDED;
  }

  private boolean letFirstGo(PacketRecord into) {
    if (lettingGo == 0 || heldNanos() == Long.MAX_VALUE) {
      lettingGo = 0;
      return false;
    }
    lettingGo--;
    handOut(into, undecided(), time.clockNanos());
    if (gone.size() == MOST_HELD - 1) {
      gone.removeFirst();
    }
    gone.addLast(into.timestampNanos);
    goneSection = into.section;
    return true;
  }

  private void handOut(PacketRecord into, Dating dating, long clockBefore) {
    Held first = held.removeFirst();
    into.view(first.record);
    into.dating = dating;
    into.turnNanos = dating == Dating.ASTRAY ? time.clockNanos() : into.timestampNanos;
    into.stepNanos = hasBegun && dating == Dating.BELIEVED ? step(clockBefore) : 0;
    position = first.end;
    hasBegun = true;
  }

  private long step(long clockBefore) {
    long step = time.clockNanos() - clockBefore;
    boolean isTold = clockBefore != CaptureTime.UNSET && (step < 0 || step >= TOLD_NANOS);
    return isTold ? step : 0;
  }

  /** What becomes of zeros where a record should begin. */
  Holes holes() {
    return holes;
  }

  /** What the capture has said so far of the interfaces it was written at. */
  CaptureInterfaces interfaces() {
    return reader.interfaces();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long trailingBytes() {
    return reader.trailingBytes();
  }

  @Override
  public void close() throws IOException {
    held.clear();
    reader.close();
  }
}
