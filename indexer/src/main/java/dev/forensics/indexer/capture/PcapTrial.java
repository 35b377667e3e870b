package dev.forensics.indexer.capture;

/**
 * Decides about a pcap record that is suspicious: its head has flaws, or that of the record behind
 * it. Either the writer is odd, or bytes were lost, added or overwritten here. So two readings of
 * the same bytes are compared: that this is a record and its length leads to others, and that the
 * next record is the first one, behind or within it, that proves itself ({@link RecordChains}). The
 * one that more records speak for is right:
 *
 * <ul>
 *   <li>a record that leads to others with few flaws, or to the one that proves itself, is read as
 *       it stands: so are files of odd writers;
 *   <li>one with flaws that leads to nothing is none;
 *   <li>a sound one that leads to nothing has a wrong length when a record that proves itself
 *       begins within it and leads to the next such one, or ends behind it; else the damage begins
 *       behind it.
 * </ul>
 *
 * <p>It is looked {@link #LOOK_BYTES} ahead at most. What was looked at and what was found is
 * remembered, so the work grows with the file, whatever it is made of. Not thread-safe.
 */
final class PcapTrial {
  /** The record is read as it stands. */
  static final int RECORD = 0;

  /** It is not known yet, and the writer may tell. */
  static final int WAIT = -1;

  /** How far behind a record is looked for another one. */
  private static final int LOOK_BYTES = 512 * 1024;

  private final BlockCursor in;
  private final PcapForm form;
  private final RecordChains chains;
  private final int head;

  /** Heads before this position belong to a chain that was judged. */
  private long believedTo;

  /** No record proves itself from here on... */
  private long clearFrom;

  /** ...up to here... */
  private long clearTo;

  /** ...as long as the capture ends here; less than 0 where its end was not met. */
  private long clearEnd = RecordChains.NONE;

  /** The record that proves itself there; less than 0 for none. */
  private long proved = RecordChains.NONE;

  PcapTrial(BlockCursor in, PcapForm form, RecordChains chains) {
    this.in = in;
    this.form = form;
    this.chains = chains;
    head = form.headBytes();
  }

  /**
   * Decides about the record at the cursor, all bytes of which are there.
   *
   * @param total its length with its head
   * @param mayBeWritten its file may still be written to
   * @return {@link #RECORD}, {@link #WAIT}, or how far behind the cursor the next record begins,
   *     since none begins here
   */
  int judge(int total, boolean mayBeWritten) throws CaptureException {
    long place = in.position();
    if (place < believedTo) {
      return RECORD;
    }
    int flaws = form.flaws(in.block, in.cursor, Long.MIN_VALUE / 2);
    if (flaws == 0) {
      form.expect(form.seconds(in.block, in.cursor));
    }
    if (!chains.reach(total + head)) {
      return judgeLast(flaws, total, mayBeWritten);
    }
    if (mayBeWritten && flaws <= 1 && Zeros.are(in.block, in.cursor + total, head)) {
      return RECORD;
    }
    int behind = worstBehind(total, flaws);
    if (flaws == 0 && (behind == 0 || isSoundBehind(total))) {
      return RECORD;
    }
    int verdict = flaws == 0 ? judgeSound(total) : judgeFlawed(total, behind);
    boolean isOpen =
        verdict > 0 || (behind > 1 && in.position() >= believedTo && !isProvedBehind());
    return mayBeWritten && isOpen ? WAIT : verdict;
  }

  private boolean isProvedBehind() {
    return proved > in.position();
  }

  /** Whether the next head is sound and near the times that were read before. */
  private boolean isSoundBehind(int total) {
    return form.isSound(in.block, in.cursor + total);
  }

  /** Fewer bytes than a head has stand behind the record. */
  private int judgeLast(int flaws, int total, boolean mayBeWritten) throws CaptureException {
    if (mayBeWritten) {
      return flaws <= 1 ? RECORD : WAIT;
    }
    int there = chains.reachable(total + head);
    if (flaws == 0 && there == total) {
      return RECORD;
    }
    int found =
        flaws == 0
            ? chains.find(head, there, RecordChains.Enough.EXACT)
            : chains.find(1, there, RecordChains.Enough.ONE);
    return found == RecordChains.NONE ? RECORD : found;
  }

  /**
   * The record at the cursor has flaws.
   *
   * @param worst as in {@link #worstBehind}
   */
  private int judgeFlawed(int total, int worst) throws CaptureException {
    int within = chains.find(1, total, RecordChains.Enough.ONE);
    boolean leadsOn = worst == 0 || isSoundBehind(total);
    if (within != RecordChains.NONE) {
      return leadsOn && !leadsTo(within, total) ? RECORD : within;
    }
    if (leadsOn || worst == 1) {
      return RECORD;
    }
    int behind = provedBehind(total);
    return behind == RecordChains.NONE || leadsTo(total, behind) ? RECORD : behind;
  }

  /** The record at the cursor is sound, and leads to nothing. */
  private int judgeSound(int total) throws CaptureException {
    int behind = provedBehind(total);
    if (behind != RecordChains.NONE && leadsTo(total, behind)) {
      return RECORD;
    }
    int within = chains.find(head, total, RecordChains.Enough.ONE);
    if (within == RecordChains.NONE) {
      return RECORD;
    }
    boolean isRight = behind == RecordChains.NONE || leadsTo(within, behind);
    return isRight ? within : acrossEnd(within, total);
  }

  /**
   * The first record that proves itself, begins within the one at the cursor and ends behind it.
   */
  private int acrossEnd(int first, int total) throws CaptureException {
    int off = first;
    while (off != RecordChains.NONE) {
      if (off + head + form.captured(in.block, in.cursor + off) > total) {
        return off;
      }
      off = chains.find(off + 1, total, RecordChains.Enough.ONE);
    }
    return RECORD;
  }

  /** The first record that proves itself at an offset or behind it. */
  private int provedBehind(int off) throws CaptureException {
    long place = in.position();
    int to = chains.reachable(off + LOOK_BYTES);
    forgetUnless(place + off, place + to);
    if (proved < place + off) {
      int found = chains.find((int) (clearTo - place), to, RecordChains.Enough.ONE);
      boolean isFound = found != RecordChains.NONE;
      proved = isFound ? place + found : RecordChains.NONE;
      clearTo = isFound ? proved : Math.max(clearTo, place + to - head);
      clearEnd = to < off + LOOK_BYTES ? place + to : RecordChains.NONE;
    }
    return proved == RecordChains.NONE ? RecordChains.NONE : (int) (proved - place);
  }

  /** What was looked through says nothing of another place, nor of bytes that have come since. */
  private void forgetUnless(long from, long to) {
    boolean hasGrown = clearEnd != RecordChains.NONE && to > clearEnd;
    if (from < clearFrom || from > clearTo || hasGrown) {
      clearFrom = from;
      clearTo = from;
      clearEnd = RecordChains.NONE;
      proved = RecordChains.NONE;
    }
  }

  /**
   * The most flaws of the next records' heads, as far as they are there; of a hole's, all.
   *
   * @param flaws of the record at the cursor, whose time says nothing where there are several
   */
  private int worstBehind(int total, int flaws) throws CaptureException {
    if (Zeros.are(in.block, in.cursor + total, head)) {
      return PcapForm.IMPOSSIBLE;
    }
    int at = total;
    int worst = 0;
    long before = flaws > 1 ? Long.MIN_VALUE / 2 : form.seconds(in.block, in.cursor);
    for (int records = 1; records < RecordChains.PROOF && chains.reach(at + head); records++) {
      int place = in.cursor + at;
      worst = Math.max(worst, form.flaws(in.block, place, before));
      if (worst > 1) {
        return worst;
      }
      before = form.seconds(in.block, place);
      at += head + form.captured(in.block, place);
    }
    return worst;
  }

  /**
   * Whether the lengths from an offset on lead to another one; what lies between is believed then.
   */
  private boolean leadsTo(int off, int target) throws CaptureException {
    int at = off;
    while (at < target && chains.reach(at + head)) {
      int captured = form.captured(in.block, in.cursor + at);
      if (captured < 0 || captured > PcapReader.MAX_CAPTURED) {
        return false;
      }
      at += head + captured;
    }
    if (at == target) {
      believedTo = in.position() + target;
    }
    return at == target;
  }
}
