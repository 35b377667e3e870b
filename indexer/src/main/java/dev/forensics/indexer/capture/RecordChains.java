package dev.forensics.indexer.capture;

/**
 * Looks for records that prove themselves by what stands behind them: a chain of {@link #PROOF}
 * records, one behind the other, whose lengths and times are those of records; or of fewer where it
 * ends at the capture's end or at a hole. Where the chain breaks earlier, another damage is near:
 * there two records are enough, or one that is a packet by its own bytes. Their times are near what
 * was read before; where the clock was set at the damage, or the damage was taken for a record,
 * they are near one another, and it takes the whole chain. In random bytes the head of one pcap
 * record has odds of 1 in 2^44, and those of a pcapng block are 1 in 2^60.
 *
 * <p>Offsets are bytes from the cursor. Looking at bytes may move the window to another block, so
 * arrays and offsets into them have to be taken anew. Not thread-safe.
 */
final class RecordChains {
  /** Records in a chain that prove the first one. */
  static final int PROOF = 4;

  /** No record was found. */
  static final int NONE = -1;

  /** Whether a record begins somewhere. */
  enum Proof {
    NO,
    YES,
    /** The capture ends before it can be told. */
    OPEN
  }

  /**
   * What is enough where the capture ends before a chain of {@link #PROOF} records.
   *
   * @param exact whole records behind the last of which the capture ends
   * @param cut halves of records before an end amid a record: a whole one is two, a head is one
   * @param broken whole records behind which something else stands
   */
  record Enough(int exact, int cut, int broken) {
    /** Where something is wrong for certain. */
    static final Enough ONE = new Enough(1, 3, 1);

    /** Where what is cut at the end of a capture is far more common. */
    static final Enough TWO = new Enough(2, 4, PROOF);

    /** Where the record before is sound, but for some bytes that follow it. */
    static final Enough EXACT = new Enough(1, 2 * PROOF, PROOF);

    /** Where the block before is not confirmed at its end. */
    static final Enough WITHIN = new Enough(PROOF, 2 * PROOF, 1);
  }

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final BlockCursor in;
  private final RecordForm form;

  /** Bytes from here on decide nothing for now. */
  private long horizon = Long.MAX_VALUE;

  /** The capture's end as it was met last. */
  private long end = UNKNOWN;

  RecordChains(BlockCursor in, RecordForm form) {
    this.in = in;
    this.form = form;
  }

  /**
   * Bounds what is looked at.
   *
   * @param position in bytes of the uncompressed capture; Long.MAX_VALUE for its end
   */
  void look(long position) {
    horizon = position;
  }

  /** The capture may have grown since. */
  void forgetEnd() {
    end = UNKNOWN;
  }

  /** Whether so many bytes from the cursor on are there to be looked at. */
  boolean reach(int bytes) throws CaptureException {
    long to = in.position() + bytes;
    boolean isPastEnd = to > end && in.base + in.limit <= end;
    if (to > horizon || isPastEnd) {
      return false;
    }
    boolean isThere = in.require(bytes);
    end = isThere ? UNKNOWN : in.base + in.limit;
    return isThere;
  }

  /** Bytes that are there from the cursor on, at most so many. */
  int reachable(int most) throws CaptureException {
    if (reach(most)) {
      return most;
    }
    long to = Math.min(horizon, in.base + in.limit);
    return (int) Math.max(0, to - in.position());
  }

  /**
   * The first record that proves itself.
   *
   * @param from where it may begin first
   * @param to where it may not begin any more
   * @return its offset, or {@link #NONE}
   */
  int find(int from, int to, Enough enough) throws CaptureException {
    for (int off = from; off < to && reach(off + form.headBytes()); off++) {
      if (prove(off, enough) == Proof.YES) {
        return off;
      }
    }
    return NONE;
  }

  /** Moves the cursor to the next record that proves itself; false when there is none. */
  boolean findFromCursor(Enough enough) throws CaptureException {
    int off = 0;
    boolean isUndecided = false;
    while (reach(off + form.headBytes())) {
      Proof proof = prove(off, enough);
      if (proof == Proof.YES) {
        in.cursor += off;
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

  /** Whether a record proves itself at an offset. */
  Proof prove(int off, Enough enough) throws CaptureException {
    int at = off;
    form.beginChain();
    for (int records = 0; records < PROOF; records++) {
      if (!reach(at + form.headBytes())) {
        boolean isExact = at == reachable(at + form.headBytes());
        return isProved(records, 0, isExact, enough);
      }
      int length = form.length(in.block, in.cursor + at);
      if (length == 0) {
        boolean isHole = Zeros.are(in.block, in.cursor + at, form.headBytes());
        boolean isProved = records > 0 && isHole && !form.isDistant();
        return isProved || isBroken(off, records, enough) ? Proof.YES : Proof.NO;
      }
      if (!reach(at + length)) {
        return isProved(records, 1, false, enough);
      }
      if (!form.isWhole(in.block, in.cursor + at, length)) {
        return isBroken(off, records, enough) ? Proof.YES : Proof.NO;
      }
      at += length;
    }
    return Proof.YES;
  }

  /** Something else stands behind so many records of a chain, which are enough all the same. */
  private boolean isBroken(int off, int whole, Enough enough) throws CaptureException {
    if (whole < enough.broken || form.isDistant() || !form.isAnchored()) {
      return false;
    }
    form.beginChain();
    int length = form.length(in.block, in.cursor + off);
    return whole > 1 || (reach(off + length) && isEvident(off, length));
  }

  private boolean isEvident(int off, int length) {
    return form.isEvident(in.block, in.cursor + off, length);
  }

  private Proof isProved(int whole, int heads, boolean isExact, Enough enough) {
    boolean isEnough = (isExact && whole >= enough.exact) || 2 * whole + heads >= enough.cut;
    isEnough &= (whole > 1 || form.isAnchored()) && !form.isDistant();
    return isEnough ? Proof.YES : Proof.OPEN;
  }
}
