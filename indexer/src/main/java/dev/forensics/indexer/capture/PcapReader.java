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

  private final BlockCursor in;
  private final PcapHeader header;
  private final boolean bigEndian;
  private final boolean plainLengths;
  private final int recordHeaderBytes;
  private final long nanosPerTick;
  private final int linkType;
  private final boolean isMislabelled;
  private final PcapForm form;
  private final Holes holes;

  private PcapReader(BlockCursor in, PcapHeader header) {
    this.in = in;
    this.header = header;
    bigEndian = header.bigEndian();
    plainLengths = header.lengths() == PcapHeader.LengthOrder.CAPTURED_FIRST;
    recordHeaderBytes = header.recordHeaderBytes();
    isMislabelled = header.nanosPerTick() != 1 && SubSeconds.areNanos(in, header);
    nanosPerTick = isMislabelled ? 1 : header.nanosPerTick();
    linkType = header.linkType();
    form = new PcapForm(header, isMislabelled ? 1 : header.nanosPerTick());
    holes = new Holes(in, form);
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
    BlockCursor window = in;
    if (holes.isOpen() && !holes.pass()) {
      return false;
    }
    if (window.limit - window.cursor < recordHeaderBytes && !window.require(recordHeaderBytes)) {
      return incomplete();
    }
    byte[] block = window.block;
    int at = window.cursor;
    int captured = ByteOrders.int32(block, at + 8, bigEndian);
    int original = ByteOrders.int32(block, at + 12, bigEndian);
    if (!plainLengths && original >= 0 && isSwapped(captured, original)) {
      int first = captured;
      captured = original;
      original = first;
    }
    if (captured <= 0 || captured > MAX_CAPTURED) {
      if (!plausible(block, at, captured)) {
        return passFrom(0) && next(into);
      }
      if (captured != 0) {
        holes.passDamage(tooLong(captured));
        return next(into);
      }
    }
    int total = recordHeaderBytes + captured;
    if (window.limit - at < total) {
      if (!window.require(total)) {
        return holes.passOverlong(total) && next(into);
      }
      block = window.block;
      at = window.cursor;
    }
    int stored = captured;
    if (block[at + total - 1] == 0) {
      boolean runsIntoHole = holes.runsInto(total);
      block = window.block;
      at = window.cursor;
      if (runsIntoHole) {
        if (holes.isWaitedFor(in.position())) {
          return holes.leaveRecord();
        }
        stored = Holes.lengthBefore(block, at + recordHeaderBytes, captured);
        if (stored == 0 && original < Math.max(captured, 1)) {
          return passFrom(total) && next(into);
        }
      }
    }
    long seconds = ByteOrders.int32(block, at, bigEndian) & 0xFFFF_FFFFL;
    long fraction = ByteOrders.int32(block, at + 4, bigEndian) & 0xFFFF_FFFFL;
    into.buffer = block;
    into.offset = at + recordHeaderBytes;
    into.capturedLength = stored;
    into.originalLength = Math.max(original, captured);
    long unit = SubSeconds.areNanos(fraction) ? 1 : nanosPerTick;
    into.timestampNanos = seconds * NANOS_PER_SECOND + fraction * unit;
    into.linkType = linkType;
    into.interfaceId = 0;
    into.position = window.base + at;
    into.section = PacketRecord.NO_SECTION;
    form.lastSeconds = seconds;
    window.cursor = at + total;
    return true;
  }

  /** The record at the cursor is part of the hole that begins within it. */
  private boolean passFrom(int length) throws CaptureException {
    holes.begin(length);
    return holes.pass();
  }

  private boolean incomplete() {
    holes.endsOtherwise();
    return false;
  }

  private boolean isSwapped(int first, int second) {
    return header.lengths() == PcapHeader.LengthOrder.ORIGINAL_FIRST || first > second;
  }

  private DamagedRecordException tooLong(int captured) {
    return in.damage(
        in.position(),
        "record of %d bytes, more than the %d a record may have"
            .formatted(captured & 0xFFFF_FFFFL, MAX_CAPTURED));
  }

  /** False for zeros; throws where another capture begins. */
  private boolean plausible(byte[] block, int at, int captured) throws CaptureException {
    if (captured != 0) {
      return true;
    }
    if (ByteOrders.int32(block, at, bigEndian) == header.magic()) {
      throw in.fault(in.position(), "another capture begins here: files were joined end to end");
    }
    return !Holes.isZero(block, at, recordHeaderBytes);
  }

  @Override
  public void resume(long position) throws CaptureException {
    if (position < header.headerBytes()) {
      throw in.fault(position, "no record begins inside the file header");
    }
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
