package dev.forensics.indexer.capture;

import java.util.ArrayDeque;

/**
 * Zeros where a record should begin. They are space that was not written yet as long as nothing
 * follows behind them: the capture ends there, for now. With other bytes behind they are a hole: a
 * page that comes later (network file systems write pages in any order), or never (a power loss).
 * Whoever follows a growing file waits for it; otherwise the hole is a damage, and reading goes on
 * behind it where a record's beginning is proved.
 *
 * <p>Other bytes that cannot be a record are a damage, too, which nothing fills: reading goes on
 * behind them in the same way; where no record is proved there, they end it. While a file may still
 * be written they always do.
 *
 * <p>Proof is a chain: {@link #PROOF} records one behind the other whose lengths and times are
 * those of records, or fewer of them when the chain ends where the capture ends or at the next
 * hole. In random bytes the head of one pcap record has odds of 1 in 2^44, and those of a pcapng
 * block are 1 in 2^60. Where the hole ends amid a packet that carries a capture itself, that
 * capture's records may be taken for records if their times fit; the damage is told in any case.
 *
 * <p>Belongs to one reader and moves its cursor. Not thread-safe.
 */
final class Holes {
  /** Records in a chain that prove the first one. */
  static final int PROOF = 4;

  /** A record's first bytes that may be zero: those of a small number, most significant first. */
  private static final int LEADING_ZEROS = 3;

  /** Zeros that are looked through at a time while they are waited for. */
  private static final long LOOK_BYTES = 16L << 20;

  /** How far is looked for the end of a hole that a record may run into. */
  private static final int NEAR_BYTES = 1 << 20;

  /** Zeros that Ethernet adds to a packet at most (46 bytes less 28 of an ARP message). */
  private static final int PADDING = 18;

  private static final long NONE = -1;

  private enum Proof {
    NO,
    YES,
    /** The capture ends before it can be told. */
    OPEN
  }

  private final BlockCursor in;
  private final RecordForm form;
  private final ArrayDeque<CaptureDamage> passed = new ArrayDeque<>();
  private long waitFrom = Long.MAX_VALUE;
  private long from = NONE;
  private long lookedTo;
  private boolean isSearching;

  /** What is wrong where it is not zeros that are passed over. */
  private DamagedRecordException damage;

  /** Whole records that prove themselves where the capture ends behind them. */
  private int leastWhole = 1;

  private long cutBytes;
  private boolean isAtZeros;
  private boolean isWaiting;
  private boolean isLookedThrough = true;

  Holes(BlockCursor in, RecordForm form) {
    this.in = in;
    this.form = form;
  }

  /**
   * Waits for holes from here on, instead of passing over them; but never in compressed captures,
   * where what is written does not change.
   */
  void waitFrom(long position) {
    waitFrom = position;
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
    isLookedThrough = true;
  }

  /** True when reading stopped before zeros with something behind them. */
  boolean isWaiting() {
    return isWaiting;
  }

  /** False when reading stopped before so many zeros that something may stand behind them. */
  boolean isLookedThrough() {
    return isLookedThrough;
  }

  /** The damage that was passed over first and not taken yet; null when there is none. */
  CaptureDamage takePassed() {
    return passed.poll();
  }

  /** True when {@link #takePassed} has something. */
  boolean hasPassed() {
    return !passed.isEmpty();
  }

  /** What is wrong where no record was found behind a hole; null when nothing is. */
  CaptureException unresolved() {
    return isSearching
        ? in.fault(
            from,
            "zeros amid the capture, %d bytes or more, and no record is found behind them"
                .formatted(in.position() - from))
        : null;
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
   */
  boolean pass() throws CaptureException {
    endsOtherwise();
    if (!isSearching) {
      boolean isWaitedFor = in.seekable() && from >= waitFrom;
      if (!skipZeros(isWaitedFor)) {
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
    if (search()) {
      return true;
    }
    if (damage != null) {
      throw damage;
    }
    return false;
  }

  /**
   * What stands at the cursor, or before it, is no record.
   *
   * @param problem what is thrown when nothing proves a record behind it, or one that is waited for
   */
  void passDamage(DamagedRecordException problem) throws CaptureException {
    if (isWaitedFor(in.position())) {
      throw problem;
    }
    from = in.position();
    cutBytes = 0;
    endsOtherwise();
    damage = problem;
    isSearching = true;
    in.cursor++;
    if (!search()) {
      throw problem;
    }
  }

  /**
   * A record at the cursor ends behind the capture's end: it is cut, unless records stand within.
   *
   * @param length that it says it has
   * @return true when reading goes on behind its head
   */
  boolean passOverlong(int length) throws CaptureException {
    endsOtherwise();
    if (!in.seekable() || isWaitedFor(in.position())) {
      return false;
    }
    long place = in.position();
    leastWhole = 2; // a packet that is cut is far more common
    try {
      passDamage(
          in.damage(place, "record of %d bytes, more than the capture has".formatted(length)));
      return true;
    } catch (DamagedRecordException e) {
      in.seek(place);
      from = NONE;
      isSearching = false;
      damage = null;
      return false;
    } finally {
      leastWhole = 1;
    }
  }

  /** Space that was not written yet is read again; compressed bytes stay as they are. */
  private void goBack() {
    if (in.seekable()) {
      in.seek(from);
      in.forgetUnread();
      from = NONE;
    }
  }

  /** Moves to the first other byte, a few zeros before it; false when there is none. */
  private boolean skipZeros(boolean isWaitedFor) throws CaptureException {
    long begun = in.position();
    if (isWaitedFor && lookedTo > begun + LOOK_BYTES) {
      in.seek(lookedTo); // from where the last look ended, and from the beginning at its end
    }
    long end = in.position() + LOOK_BYTES;
    while (in.require(LEADING_ZEROS + 1)) {
      int zero = in.cursor;
      while (zero < in.limit && in.block[zero] == 0) {
        zero++;
      }
      in.cursor = Math.max(in.cursor, zero - LEADING_ZEROS);
      if (zero < in.limit) {
        return true;
      }
      if (isWaitedFor && in.position() > end) {
        lookedTo = in.position();
        isLookedThrough = false;
        return false;
      }
    }
    lookedTo = 0;
    return false;
  }

  private boolean search() throws CaptureException {
    int off = 0;
    boolean isUndecided = false;
    while (in.require(off + form.headBytes())) {
      Proof proof = prove(off);
      if (proof == Proof.YES) {
        in.cursor += off;
        found();
        return true;
      }
      isUndecided |= proof == Proof.OPEN;
      if (isUndecided) {
        off++; // what could not be decided is looked at again
      } else {
        in.cursor++;
      }
    }
    return false;
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

  private Proof prove(int off) throws CaptureException {
    int at = off;
    for (int records = 0; records < PROOF; records++) {
      if (!in.require(at + form.headBytes())) {
        boolean isExact = in.limit - in.cursor == at && records >= leastWhole;
        return isExact || records > 1 ? Proof.YES : Proof.OPEN;
      }
      int length = form.length(in.block, in.cursor + at);
      if (length == 0) {
        boolean isHole = isZero(in.block, in.cursor + at, form.headBytes());
        return records > 0 && isHole ? Proof.YES : Proof.NO;
      }
      if (!in.require(at + length)) {
        return records >= leastWhole ? Proof.YES : Proof.OPEN;
      }
      if (!form.isWhole(in.block, in.cursor + at, length)) {
        return Proof.NO;
      }
      at += length;
    }
    return Proof.YES;
  }

  /**
   * Whether a hole begins within the last bytes of the record at the cursor, or may do so.
   *
   * @param length of the record, whose last byte is 0
   */
  boolean runsInto(int length) {
    int head = form.headBytes();
    try {
      return in.require(length + head)
          && isZero(in.block, in.cursor + length, head)
          && endsNear(length + head);
    } catch (CaptureException e) {
      return false; // what comes behind the record fails again in its turn
    }
  }

  private boolean endsNear(int begin) throws CaptureException {
    for (int near = begin; near < begin + NEAR_BYTES && in.require(near + 1); near++) {
      if (in.block[in.cursor + near] != 0) {
        return true;
      }
    }
    return false;
  }

  /** True when a record at this position has to wait for a hole. */
  boolean isWaitedFor(long position) {
    return in.seekable() && position >= waitFrom;
  }

  /** Leaves the record at the cursor to be read again, since a hole begins within it. */
  boolean leaveRecord() {
    isWaiting = true;
    in.forgetUnread();
    return false;
  }

  /**
   * Bytes of a record that runs into a hole which are no part of the hole. A few zeros at its end
   * are padding rather than a hole's beginning.
   */
  static int lengthBefore(byte[] block, int from, int length) {
    int end = length;
    while (end > 0 && block[from + end - 1] == 0) {
      end--;
    }
    return length - end > PADDING ? end : length;
  }

  static boolean isZero(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
