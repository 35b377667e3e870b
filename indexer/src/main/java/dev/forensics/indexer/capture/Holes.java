package dev.forensics.indexer.capture;

import java.util.ArrayDeque;

/**
 * Places of a capture that are no records: holes and other damages. Zeros where a record should
 * begin are space that was not written yet as long as nothing follows behind them: the capture ends
 * there, for now. With other bytes behind they are a hole: a page that comes later (network file
 * systems write pages in any order), or never (a power loss). Other bytes that cannot be a record
 * are a damage.
 *
 * <p>Whoever follows a growing file waits for what may still be written there. Otherwise the place
 * is told, and reading goes on behind it where a record proves itself, see {@link RecordChains};
 * where none does, the capture ends there with an error. Where a hole ends amid a packet that
 * carries a capture itself, that capture's records may be taken for records if their times fit; the
 * damage is told in any case.
 *
 * <p>Belongs to one reader and moves its cursor. Not thread-safe.
 */
final class Holes {
  private static final long NONE = -1;

  private final BlockCursor in;
  private final RecordChains chains;
  private final Zeros zeros;
  private final ArrayDeque<CaptureDamage> passed = new ArrayDeque<>();
  private long waitFrom = Long.MAX_VALUE;
  private long from = NONE;
  private boolean isSearching;

  /** What is wrong where it is not zeros that are passed over. */
  private DamagedRecordException damage;

  private long cutBytes;
  private boolean isAtZeros;
  private boolean isWaiting;

  Holes(BlockCursor in, RecordChains chains) {
    this.in = in;
    this.chains = chains;
    zeros = new Zeros(in);
  }

  /**
   * Waits for holes and damages from here on, instead of passing over them; but never in compressed
   * captures, where what is written does not change.
   */
  void waitFrom(long position) {
    waitFrom = position;
  }

  /** Bytes from a position on decide nothing for now; Long.MAX_VALUE for none. */
  void look(long position) {
    chains.look(position);
  }

  /** True between a hole's beginning and the record behind it. */
  boolean isOpen() {
    return from != NONE;
  }

  /** Where the open hole begins. */
  long from() {
    return from;
  }

  /** True when the capture was last found to end in zeros. */
  boolean isAtZeros() {
    return isAtZeros;
  }

  /** Bytes of a record before the zeros in which the capture ends. */
  long cutBytes() {
    return cutBytes;
  }

  /** The capture ends here, but not in zeros. */
  void endsOtherwise() {
    isAtZeros = false;
    isWaiting = false;
    zeros.lookedThrough();
  }

  /** True when reading stopped before a hole with something behind it, or another damage. */
  boolean isWaiting() {
    return isWaiting;
  }

  /** False when reading stopped before so many zeros that something may stand behind them. */
  boolean isLookedThrough() {
    return zeros.isLookedThrough();
  }

  /** The damage that was passed over first and not taken yet; null when there is none. */
  CaptureDamage takePassed() {
    return passed.poll();
  }

  /** True when {@link #takePassed} has something. */
  boolean hasPassed() {
    return !passed.isEmpty();
  }

  /** What is wrong where no record was found behind a place; null when nothing is. */
  CaptureException unresolved() {
    if (!isSearching) {
      return null;
    }
    String words = "zeros amid the capture, %d bytes or more, and no record is found behind them";
    return damage == null ? in.fault(from, words.formatted(in.base + in.limit - from)) : damage;
  }

  /**
   * A hole begins here.
   *
   * @param within bytes of a record from the cursor to where the zeros begin
   */
  void begin(int within) {
    in.cursor += within;
    beginBefore(within);
  }

  /**
   * A hole begins here.
   *
   * @param passed bytes of a record that stand before the cursor
   */
  void beginBefore(int passed) {
    from = in.position() - passed;
    cutBytes = passed;
  }

  /**
   * Passes over the open hole, whose zeros begin at the cursor at first.
   *
   * @return true when the cursor stands at a record; false when nothing more can be read for now
   * @throws CaptureException when nothing proves a record behind a damage, and none can come
   */
  boolean pass() throws CaptureException {
    endsOtherwise();
    if (!isSearching) {
      boolean isWaitedFor = isWaitedFor(from);
      if (!zeros.skip(isWaitedFor)) {
        isAtZeros = true;
        goBack();
        return false;
      }
      if (isWaitedFor) {
        isWaiting = true;
        goBack();
        return false;
      }
      isSearching = true;
    }
    if (chains.findFromCursor(RecordChains.Enough.ONE)) {
      found();
      return true;
    }
    if (damage != null && !isFollowed()) {
      throw damage;
    }
    return false;
  }

  /**
   * What stands at the cursor is no record, and it is not known where the next one begins.
   *
   * @param problem what is thrown when nothing proves a record behind it, and none can come
   * @return true when the cursor stands at a record; false when nothing more can be read for now
   */
  boolean passDamage(DamagedRecordException problem) throws CaptureException {
    if (isWaitedFor(in.position())) {
      return leaveRecord();
    }
    begin(0);
    damage = problem;
    isSearching = true;
    in.cursor++;
    return pass();
  }

  /**
   * What stands at the cursor is no record, and the next one is known.
   *
   * @param problem what is wrong
   * @param bytes to the next record
   */
  void passDamage(DamagedRecordException problem, int bytes) {
    begin(0);
    damage = problem;
    in.cursor += bytes;
    found();
  }

  /**
   * A damage from which nothing is passed over.
   *
   * @param place where it begins
   * @param bytes how far it goes
   * @param problem what is wrong
   */
  void tell(long place, int bytes, CaptureException problem) {
    passed.add(new CaptureDamage(place, place + bytes, problem.getMessage()));
  }

  /**
   * A record at the cursor ends behind the capture's end: it is cut, unless records stand within.
   *
   * @param length that it says it has
   * @param isSound nothing else is wrong with it: most often it is cut
   * @return true when the cursor stands at a record within
   */
  boolean passOverlong(int length, boolean isSound) throws CaptureException {
    endsOtherwise();
    if (isWaitedFor(in.position())) {
      return !isSound && leaveRecord();
    }
    RecordChains.Enough enough = isSound ? RecordChains.Enough.TWO : RecordChains.Enough.ONE;
    int next = chains.find(1, chains.reachable(length), enough);
    if (next == RecordChains.NONE) {
      return false;
    }
    String problem = "record of %d bytes, more than the capture has".formatted(length);
    passDamage(in.damage(in.position(), problem), next);
    return true;
  }

  /** Space that was not written yet is read again; compressed bytes stay as they are. */
  private void goBack() {
    if (in.seekable()) {
      in.seek(from);
      in.forgetUnread();
      from = NONE;
    }
  }

  private void found() {
    long to = in.position();
    String words = "%s: %d bytes up to byte %d are lost, reading goes on behind them";
    String problem =
        damage == null
            ? in.fault(from, words.formatted("zeros amid the capture", to - from, to)).getMessage()
            : words.formatted(damage.getMessage(), to - from, to);
    passed.add(new CaptureDamage(from, to, problem));
    from = NONE;
    isSearching = false;
    damage = null;
  }

  /** True when a record at this position has to wait for a hole or a damage. */
  boolean isWaitedFor(long position) {
    return in.seekable() && position >= waitFrom;
  }

  /** True when the capture is one that may grow. */
  private boolean isFollowed() {
    return waitFrom != Long.MAX_VALUE;
  }

  /** Leaves the record at the cursor to be read again, since what is wrong with it may change. */
  boolean leaveRecord() {
    endsOtherwise();
    isWaiting = true;
    in.forgetUnread();
    return false;
  }

  /**
   * Whether a hole begins within the last bytes of the record at the cursor, or may do so.
   *
   * @param length of the record, whose last byte is 0
   * @param head bytes that a hole leaves zero behind it
   */
  boolean runsInto(int length, int head) {
    try {
      return in.require(length + head)
          && Zeros.are(in.block, in.cursor + length, head)
          && zeros.endNear(length + head);
    } catch (CaptureException e) {
      return false; // what comes behind the record fails again in its turn
    }
  }
}
