package dev.forensics.indexer.capture;

import java.io.IOException;

/**
 * Reads pcap files. A record is a header (time, fraction, two lengths, 16 or 24 bytes) and the
 * captured bytes, without padding.
 *
 * <p>A record may hold at most {@link #MAX_CAPTURED} bytes, as in libpcap and tshark; more means a
 * broken file, and the place is named. A record header of zeros only is not a packet but space that
 * was not written yet, or a hole: see {@link Holes}. What the sub-second field holds, see {@link
 * SubSeconds}.
 */
final class PcapReader implements PositionedReader {
  /** The longest packet that libpcap and tshark take from a file, in bytes. */
  static final int MAX_CAPTURED = 262_144;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NOWHERE = -1;

  /** What became of what stands at the cursor. */
  private enum Step {
    RECORD,
    /** Something else was passed over: the next record may stand at the cursor. */
    PASSED,
    /** Nothing more can be read for now. */
    END
  }

  private final BlockCursor in;
  private final PcapHeader header;
  private final int recordHeaderBytes;
  private final long nanosPerTick;
  private final int linkType;
  private final boolean isMislabelled;
  private final PcapForm form;
  private final RecordChains chains;
  private final PcapTrial trial;
  private final Holes holes;

  /** Where the record stands that was looked at last behind another one, and was found sound. */
  private long soundAt = NOWHERE;

  /** What it says; valid while the cursor stands there. */
  private PcapHead sound = new PcapHead();

  private PcapHead other = new PcapHead();

  private PcapReader(BlockCursor in, PcapHeader header) {
    this.in = in;
    this.header = header;
    recordHeaderBytes = header.recordHeaderBytes();
    isMislabelled = header.nanosPerTick() != 1 && SubSeconds.areNanos(in, header);
    nanosPerTick = isMislabelled ? 1 : header.nanosPerTick();
    linkType = header.linkType();
    form = new PcapForm(header, isMislabelled ? 1 : header.nanosPerTick());
    chains = new RecordChains(in, form);
    trial = new PcapTrial(in, form, chains);
    holes = new Holes(in, chains);
  }

  /**
   * Reads the file header; the first four bytes are known to be a pcap magic.
   *
   * @return null when the header is not complete yet
   */
  static PcapReader start(BlockCursor in) throws CaptureException {
    if (!in.require(PcapHeader.BYTES) || !in.require(PcapHeader.lengthAt(in.block, in.cursor))) {
      return null;
    }
    int unknown = PcapHeader.unknownVersion(in.block, in.cursor);
    if (unknown != 0) {
      throw in.fault(in.position() + 4, "unknown pcap major version " + unknown);
    }
    PcapHeader header = PcapHeader.parse(in.block, in.cursor);
    in.cursor += header.headerBytes();
    return new PcapReader(in, header);
  }

  @Override
  public boolean next(PacketRecord into) throws CaptureException {
    if (in.base + in.cursor == soundAt && goesOn(into)) {
      return true;
    }
    Step step = step(into);
    while (step == Step.PASSED) {
      step = step(into);
    }
    return step == Step.RECORD;
  }

  /** Nearly always: a sound record behind a sound one, before another one. */
  private boolean goesOn(PacketRecord into) {
    BlockCursor window = in;
    PcapHead here = sound;
    PcapHead there = other;
    int next = window.cursor + recordHeaderBytes + here.captured;
    if (window.limit - next < recordHeaderBytes) {
      return false;
    }
    form.parse(window.block, next, there);
    if (!form.isSound(there)) {
      return false;
    }
    fill(into, here);
    window.cursor = next;
    soundAt = window.base + next;
    sound = there;
    other = here;
    return true;
  }

  private void fill(PacketRecord into, PcapHead head) {
    BlockCursor window = in;
    int at = window.cursor;
    into.buffer = window.block;
    into.offset = at + recordHeaderBytes;
    into.capturedLength = head.captured;
    into.originalLength = head.original;
    into.timestampNanos = head.seconds * NANOS_PER_SECOND + head.fraction * nanosPerTick;
    into.linkType = linkType;
    into.interfaceId = 0;
    into.position = window.base + at;
    into.section = PacketRecord.NO_SECTION;
    form.read(head.seconds);
  }

  private Step step(PacketRecord into) throws CaptureException {
    BlockCursor window = in;
    if (holes.isOpen() && !holes.pass()) {
      return Step.END;
    }
    if (window.limit - window.cursor < recordHeaderBytes && !window.require(recordHeaderBytes)) {
      holes.endsOtherwise();
      return Step.END;
    }
    int captured = form.captured(window.block, window.cursor);
    if (!leadsToSound(captured)) {
      return tryRecord(captured, into);
    }
    fill(into, captured, captured);
    window.cursor += recordHeaderBytes + captured;
    return Step.RECORD;
  }

  /** True when the record at the cursor is sound, and so is the head of the one behind it. */
  private boolean leadsToSound(int captured) {
    int at = in.cursor;
    if (captured < 0
        || captured > MAX_CAPTURED
        || in.limit - at < captured + 2 * recordHeaderBytes
        || (in.base + at != soundAt && !form.isSound(in.block, at))) {
      return false;
    }
    int next = at + recordHeaderBytes + captured;
    form.parse(in.block, next, sound);
    boolean isSound = form.isSound(sound);
    soundAt = isSound ? in.base + next : NOWHERE;
    return isSound;
  }

  private void fill(PacketRecord into, int captured, int stored) {
    byte[] block = in.block;
    int at = in.cursor;
    long seconds = form.seconds(block, at);
    long fraction = form.fraction(block, at);
    long unit = SubSeconds.areNanos(fraction) ? 1 : nanosPerTick;
    into.buffer = block;
    into.offset = at + recordHeaderBytes;
    into.capturedLength = stored;
    into.originalLength = PcapForm.believed(form.original(block, at), captured);
    into.timestampNanos = seconds * NANOS_PER_SECOND + fraction * unit;
    into.linkType = linkType;
    into.interfaceId = 0;
    into.position = in.base + at;
    into.section = PacketRecord.NO_SECTION;
    form.read(seconds);
  }

  /** What stands at the cursor, or behind it, is unusual. */
  private Step tryRecord(int captured, PacketRecord into) throws CaptureException {
    soundAt = NOWHERE; // what stands here may be read again, and be something else
    if (captured == 0 && Zeros.are(in.block, in.cursor, recordHeaderBytes)) {
      return passHole(0);
    }
    if (captured == 0 && form.seconds(in.block, in.cursor) == (header.magic() & 0xFFFF_FFFFL)) {
      throw in.fault(in.position(), "another capture begins here: files were joined end to end");
    }
    if (captured < 0 || captured > MAX_CAPTURED) {
      return holes.passDamage(tooLong(captured)) ? Step.PASSED : Step.END;
    }
    int total = recordHeaderBytes + captured;
    if (!in.require(total)) {
      return holes.passOverlong(total, form.isSound(in.block, in.cursor)) ? Step.PASSED : Step.END;
    }
    int next = trial.judge(total, holes.isWaitedFor(in.position()));
    if (next == PcapTrial.WAIT) {
      holes.leaveRecord();
      return Step.END;
    }
    return next == PcapTrial.RECORD ? readToHole(captured, into) : readTo(next, captured, into);
  }

  /** Reads the record at the cursor, of which a hole may leave a part. */
  private Step readToHole(int captured, PacketRecord into) throws CaptureException {
    int total = recordHeaderBytes + captured;
    int stored = captured;
    if (in.block[in.cursor + total - 1] == 0 && holes.runsInto(total, recordHeaderBytes)) {
      if (holes.isWaitedFor(in.position())) {
        holes.leaveRecord();
        return Step.END;
      }
      stored = Zeros.lengthBefore(in.block, in.cursor + recordHeaderBytes, captured);
      if (stored == 0 && form.original(in.block, in.cursor) < Math.max(captured, 1)) {
        return passHole(total);
      }
    }
    fill(into, captured, stored);
    in.cursor += total;
    return Step.RECORD;
  }

  /** The next record begins elsewhere than the one at the cursor says. */
  private Step readTo(int next, int captured, PacketRecord into) throws CaptureException {
    int stored = next - recordHeaderBytes;
    boolean isAlone =
        in.require(next + recordHeaderBytes)
            && !form.areNear(in.block, in.cursor, in.cursor + next);
    if (stored <= 0 || isAlone || !form.isSound(in.block, in.cursor)) {
      holes.passDamage(misplaced(captured), next);
      return Step.PASSED;
    }
    holes.tell(in.position(), next, tooLongBy(captured, captured - stored));
    fill(into, captured, stored);
    in.cursor += next;
    return Step.RECORD;
  }

  /** The record at the cursor is part of the hole that begins within it. */
  private Step passHole(int length) throws CaptureException {
    holes.begin(length);
    return holes.pass() ? Step.PASSED : Step.END;
  }

  private DamagedRecordException tooLong(int captured) {
    return in.damage(
        in.position(),
        "record of %d bytes, more than the %d a record may have"
            .formatted(captured & 0xFFFF_FFFFL, MAX_CAPTURED));
  }

  private CaptureException tooLongBy(int captured, int more) {
    return in.fault(
        in.position(),
        "record of %d bytes, but the next one begins %d bytes before its end: it is read as cut there"
            .formatted(captured, more));
  }

  private DamagedRecordException misplaced(int captured) {
    return in.damage(
        in.position(), "record of %d bytes that leads to no other".formatted(captured));
  }

  @Override
  public void resume(long position) throws CaptureException {
    if (position < header.headerBytes()) {
      throw in.fault(position, "no record begins inside the file header");
    }
    soundAt = NOWHERE;
    if (in.seekable()) {
      in.seek(position);
    } else if (in.discard(position - in.position()) > 0) {
      throw in.fault(in.position(), "the capture ends before byte " + position);
    }
  }

  @Override
  public void approach(long position, long section) throws CaptureException {
    if (section != PacketRecord.NO_SECTION) {
      // Whatever stands at that place of this file would be taken for the record.
      throw in.fault(position, "this was a pcapng when the position was noted, and was converted");
    }
    resume(position);
  }

  @Override
  public CaptureException fault(long position, String problem) {
    return in.fault(position, problem);
  }

  @Override
  public long position() {
    return holes.isOpen() ? holes.from() : in.position();
  }

  @Override
  public String oddity() {
    return isMislabelled ? SubSeconds.WORDS : null;
  }

  @Override
  public Holes holes() {
    return holes;
  }

  @Override
  public long trailingBytes() {
    return holes.isAtZeros() ? holes.cutBytes() : in.unread();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
