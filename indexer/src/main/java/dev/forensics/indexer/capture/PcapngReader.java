package dev.forensics.indexer.capture;

import java.io.IOException;

/**
 * Reads pcapng files (draft-ietf-opsawg-pcapng): any number of sections in either byte order, each
 * with its own interfaces; enhanced, simple and obsolete packet blocks. Other blocks are passed
 * over. A block is its type, its length, a body and its length once more:
 *
 * <pre>
 *  0 type u32  4 total length u32  8 body ...  total-4 total length again
 * </pre>
 *
 * <p>Bounds, past which the file counts as damaged: a packet of {@link PcapReader#MAX_CAPTURED}
 * bytes; a block with a packet or an interface of {@link #MAX_HELD_BLOCK} bytes (it is held whole,
 * so this bounds memory and options); any other block of {@link #MAX_BLOCK} bytes (as in tshark and
 * libpcap; it is not held). A length that is no multiple of 4 is rounded up, since some writers
 * leave the padding out. The section length is not used: writers often get it wrong.
 *
 * <p>Single records whose section is known are read without the blocks before them, see {@link
 * PcapngJumps}.
 *
 * <p>A simple packet block has no time: it gets the time of the record before it, 0 at the start,
 * so that packet time does not run back.
 */
final class PcapngReader implements PositionedReader {
  /** The longest block of any type, in bytes. */
  static final int MAX_BLOCK = 16 * 1024 * 1024;

  /** The longest block that is looked into: the longest packet and 1 MiB of options. */
  static final int MAX_HELD_BLOCK = PcapReader.MAX_CAPTURED + 1024 * 1024;

  static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;

  private static final int SMALLEST_BLOCK = PcapngForm.SMALLEST_BLOCK;
  private static final int SECTION_BODY_END = 24;
  private static final int PACKET_DATA = 28;
  private static final int SIMPLE_PACKET_DATA = 12;
  private static final int TRAILER = 4;

  private final BlockCursor in;
  private final PcapngForm form = new PcapngForm();
  private final PcapngFaults faults;
  private final RecordChains chains;
  private final Holes holes;
  private final PcapngSection section = new PcapngSection();
  private final PcapngJumps jumps = new PcapngJumps();
  private boolean bigEndian;
  private long lastNanos;
  private long position;
  private long sectionStart = PacketRecord.NO_SECTION;

  /** Length of the block being passed over, 0 when there is none. */
  private int skippedBlock;

  /** Bytes of the skipped block up to its trailing length that are still to be passed over. */
  private long skipLeft;

  PcapngReader(BlockCursor in) {
    this.in = in;
    chains = new RecordChains(in, form);
    holes = new Holes(in, chains);
    faults = new PcapngFaults(in);
  }

  @Override
  public boolean next(PacketRecord into) throws CaptureException {
    while (true) {
      try {
        return nextPacket(into);
      } catch (DamagedRecordException e) {
        skippedBlock = 0;
        if (!holes.passDamage(e)) {
          return false;
        }
      }
    }
  }

  private boolean nextPacket(PacketRecord into) throws CaptureException {
    BlockCursor window = in;
    while (isAtBlock()) {
      if (window.limit - window.cursor < SMALLEST_BLOCK && !window.require(SMALLEST_BLOCK)) {
        return incomplete();
      }
      int type = ByteOrders.int32(window.block, window.cursor, bigEndian);
      if (type == SECTION_HEADER && !beginSection()) {
        return false;
      }
      int total = blockLength(type);
      if (total < 0) {
        holes.begin(type == 0 ? 0 : TRAILER);
        continue;
      }
      boolean isRead = isHeld(type) || isStatistics(type, total);
      if (!isRead) {
        skippedBlock = total;
        skipLeft = (long) total - TRAILER;
        continue;
      }
      if (window.limit - window.cursor < total && !window.require(total)) {
        if (holes.passOverlong(total, true)) {
          continue;
        }
        return false;
      }
      if (ByteOrders.int32(window.block, window.cursor + total - TRAILER, bigEndian) == 0) {
        holes.begin(total - TRAILER);
        continue;
      }
      if (jumps.any() && needsJumped(type)) {
        lookAtJumped(type);
        continue;
      }
      if (readBlock(type, window.block, window.cursor, total, into)) {
        return true;
      }
    }
    return false;
  }

  /** Finishes what is under way; false when it cannot be finished now. */
  private boolean isAtBlock() throws CaptureException {
    return (skippedBlock == 0 || finishSkip()) && (!holes.isOpen() || holes.pass());
  }

  /** Reads a whole block and moves past it; true when it held a packet. */
  private boolean readBlock(int type, byte[] block, int at, int total, PacketRecord into)
      throws CaptureException {
    int first = ByteOrders.int32(block, at + 4, bigEndian);
    int second = ByteOrders.int32(block, at + total - TRAILER, bigEndian);
    if (first != second && second != total) {
      throw faults.lengthsDiffer(in.base + at, first, second);
    }
    switch (type) {
      case ENHANCED_PACKET ->
          readTimed(block, at, total, ByteOrders.int32(block, at + 8, bigEndian), into);
      case OBSOLETE_PACKET ->
          readTimed(block, at, total, ByteOrders.uint16(block, at + 8, bigEndian), into);
      case SIMPLE_PACKET -> readSimple(block, at, total, into);
      case STATISTICS -> section.statistics(block, at, at + total - TRAILER);
      default -> describeInterface(block, at, total);
    }
    in.cursor = at + total;
    if (type == INTERFACE || type == STATISTICS) {
      return false;
    }
    position = in.position();
    return true;
  }

  private boolean incomplete() {
    holes.endsOtherwise();
    return false;
  }

  private static boolean isHeld(int type) {
    return type == ENHANCED_PACKET
        || type == SIMPLE_PACKET
        || type == INTERFACE
        || type == OBSOLETE_PACKET;
  }

  /** Looked into where it is of a sensible length, and where all blocks are read in order. */
  private boolean isStatistics(int type, int total) {
    return type == STATISTICS && total <= MAX_HELD_BLOCK && !jumps.any();
  }

  /** The block's length rounded up to 4; -1 for space that was not written yet. */
  private int blockLength(int type) throws CaptureException {
    int length = ByteOrders.int32(in.block, in.cursor + 4, bigEndian);
    int most = isHeld(type) ? MAX_HELD_BLOCK : MAX_BLOCK;
    if (length >= SMALLEST_BLOCK && length <= most) {
      return (length + 3) & ~3;
    }
    // type 0 is reserved: a hole ends within this block's head
    if (type == 0 || (length == 0 && Zeros.are(in.block, in.cursor + 4, SMALLEST_BLOCK - 4))) {
      return -1;
    }
    throw faults.badLength(in.position(), type, length, most);
  }

  /** Passes over a block that is not held; false when its end is not there yet. */
  private boolean finishSkip() throws CaptureException {
    skipLeft = in.discard(skipLeft);
    if (skipLeft > 0 || !in.require(TRAILER)) {
      return incomplete();
    }
    int second = ByteOrders.int32(in.block, in.cursor, bigEndian);
    if (second == 0) {
      holes.beginBefore(skippedBlock - TRAILER);
      skippedBlock = 0;
      return true;
    }
    if (((second + 3) & ~3) != skippedBlock) {
      if (in.seekable()) {
        in.seek(in.position() - skippedBlock + TRAILER);
      }
      throw faults.lengthsDiffer(in.position(), skippedBlock, second);
    }
    in.cursor += TRAILER;
    skippedBlock = 0;
    return true;
  }

  /** Section header block (section 4.1): byte-order magic at 8, version at 12, length at 16. */
  private boolean beginSection() throws CaptureException {
    if (!in.require(SECTION_BODY_END + TRAILER)) {
      return incomplete();
    }
    if (!section.begin(in.block, in.cursor + 8)) {
      throw in.fault(in.position() + 8, "byte-order magic of the section is wrong");
    }
    bigEndian = section.bigEndian();
    form.bigEndian = bigEndian;
    sectionStart = in.position();
    jumps.sectionBegins();
    int major = ByteOrders.uint16(in.block, in.cursor + 12, bigEndian);
    if (major != 1) {
      throw in.fault(in.position() + 12, "unknown pcapng major version " + major);
    }
    return true;
  }

  /** Enhanced (section 4.3) and obsolete (appendix A) packet blocks differ before byte 12 only. */
  private void readTimed(byte[] block, int at, int total, int number, PacketRecord into)
      throws CaptureException {
    int captured = total < PACKET_DATA + TRAILER ? -1 : ByteOrders.int32(block, at + 20, bigEndian);
    if (captured < 0 || captured > total - PACKET_DATA - TRAILER) {
      throw faults.tooLong(in.base + at, total, captured);
    }
    PcapngInterface source = interfaceOf(number, at);
    long high = ByteOrders.int32(block, at + 12, bigEndian);
    long low = ByteOrders.int32(block, at + 16, bigEndian) & 0xFFFF_FFFFL;
    lastNanos = source.nanos(high << 32 | low);
    jumps.timeIsKnown();
    int original = ByteOrders.int32(block, at + 24, bigEndian);
    fill(into, block, at, PACKET_DATA, captured, original);
    into.linkType = source.linkType;
    into.interfaceId = number;
    int options = PACKET_DATA + ((captured + 3) & ~3);
    if (total - TRAILER - options >= 4) {
      section.packetOptions(number, block, at + options, at + total - TRAILER);
    }
  }

  /** Simple packet block (section 4.4): original length at 8; interface 0; no time. */
  private void readSimple(byte[] block, int at, int total, PacketRecord into)
      throws CaptureException {
    int room = total - SIMPLE_PACKET_DATA - TRAILER;
    if (room < 0) {
      throw faults.tooLong(in.base + at, total, room);
    }
    PcapngInterface source = interfaceOf(0, at);
    int original = ByteOrders.int32(block, at + 8, bigEndian);
    long most = source.snapLength == 0 ? room : Math.min(room, source.snapLength & 0xFFFF_FFFFL);
    int captured = (int) Math.min(most, original & 0xFFFF_FFFFL);
    fill(into, block, at, SIMPLE_PACKET_DATA, captured, original);
    into.linkType = source.linkType;
    into.interfaceId = 0;
  }

  private void fill(PacketRecord into, byte[] block, int at, int data, int captured, int original)
      throws CaptureException {
    if (captured > PcapReader.MAX_CAPTURED) {
      throw faults.tooBig(in.base + at, captured);
    }
    into.buffer = block;
    into.offset = at + data;
    into.capturedLength = captured;
    into.originalLength = Math.max(original, captured);
    into.timestampNanos = lastNanos;
    into.position = in.base + at;
    into.section = sectionStart;
  }

  private PcapngInterface interfaceOf(int number, int at) throws CaptureException {
    if (number < 0 || number >= section.count()) {
      throw faults.noInterface(in.base + at, number, section.count());
    }
    return section.get(number);
  }

  private void describeInterface(byte[] block, int at, int total) throws CaptureException {
    String problem = section.add(block, at, at + total - TRAILER);
    if (problem != null) {
      throw in.fault(in.base + at, problem);
    }
  }

  /** By way of all blocks before it, since they may describe interfaces. */
  @Override
  public void resume(long target) throws CaptureException {
    PacketRecord passed = new PacketRecord();
    while (position < target) {
      if (!next(passed)) {
        throw in.fault(in.position(), "the capture ends before byte " + target);
      }
    }
    if (position != target) {
      throw in.fault(target, "no record ends at this place");
    }
  }

  @Override
  public void approach(long recordPosition, long recordSection) throws CaptureException {
    if (recordSection < 0 || recordSection >= recordPosition || jumps.isOver() || !in.seekable()) {
      return;
    }
    if (recordSection != sectionStart) {
      enter(recordSection);
    }
    if (in.position() < recordPosition) {
      jumps.leave(in.position());
      in.seek(recordPosition);
    }
  }

  /** Goes to a section's first packet. */
  private void enter(long start) throws CaptureException {
    jumps.leave();
    in.seek(start);
    boolean begins =
        in.require(SMALLEST_BLOCK)
            && ByteOrders.int32(in.block, in.cursor, bigEndian) == SECTION_HEADER
            && beginSection();
    if (!begins) {
      throw in.fault(start, "no section begins here");
    }
    describe(Long.MAX_VALUE, true);
  }

  /**
   * Takes the interfaces that are described from the cursor on and passes over everything else.
   *
   * @param end where to stop
   * @param stopsAtPacket stops at the first packet, too
   */
  private void describe(long end, boolean stopsAtPacket) throws CaptureException {
    while (in.position() < end && in.require(SMALLEST_BLOCK)) {
      int type = ByteOrders.int32(in.block, in.cursor, bigEndian);
      boolean isOther = type == SECTION_HEADER && in.position() != sectionStart;
      int total = isOther ? -1 : blockLength(type);
      if (total < 0 || (stopsAtPacket && isHeld(type) && type != INTERFACE)) {
        return;
      }
      if (type == INTERFACE) {
        if (!in.require(total)) {
          return;
        }
        describeInterface(in.block, in.cursor, total);
      }
      in.seek(in.position() + total);
    }
  }

  /** Whether the block at the cursor, which is there, cannot be read without those before it. */
  private boolean needsJumped(int type) {
    if (type == SIMPLE_PACKET) {
      return jumps.missesTime();
    }
    return jumps.missesInterfaces()
        && switch (type) {
          case ENHANCED_PACKET -> isUnknown(ByteOrders.int32(in.block, in.cursor + 8, bigEndian));
          case OBSOLETE_PACKET -> isUnknown(ByteOrders.uint16(in.block, in.cursor + 8, bigEndian));
          default -> true;
        };
  }

  private boolean isUnknown(int number) {
    return number < 0 || number >= section.count();
  }

  /** Looks at what was jumped over, and comes back. */
  private void lookAtJumped(int type) throws CaptureException {
    long place = in.position();
    if (type == SIMPLE_PACKET) {
      readThrough(place);
    } else {
      in.seek(jumps.back());
      describe(place, false);
    }
    if (in.position() < place) {
      throw in.fault(place, "no record begins here");
    }
    in.seek(place);
  }

  /** Reads all records before a place, for the time of the last one. */
  private void readThrough(long place) throws CaptureException {
    jumps.end();
    lastNanos = 0;
    in.seek(0);
    PacketRecord passed = new PacketRecord();
    for (boolean more = true; more && in.position() < place; ) {
      more = next(passed);
    }
  }

  @Override
  public CaptureInterfaces interfaces() {
    return section.told();
  }

  @Override
  public Holes holes() {
    return holes;
  }

  @Override
  public CaptureException fault(long place, String problem) {
    return in.fault(place, problem);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long trailingBytes() {
    if (holes.isAtZeros()) {
      return holes.cutBytes();
    }
    long passed = skippedBlock == 0 ? 0 : skippedBlock - TRAILER - skipLeft;
    return passed + in.unread();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
