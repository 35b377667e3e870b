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
 */
final class PcapngReader implements PositionedReader {
  /** The longest block of any type, in bytes. */
  static final int MAX_BLOCK = 16 * 1024 * 1024;

  /** The longest block that is looked into: the longest packet and 1 MiB of options. */
  static final int MAX_HELD_BLOCK = PcapReader.MAX_CAPTURED + 1024 * 1024;

  private static final int SECTION_HEADER = PcapngForm.SECTION_HEADER;
  private static final int INTERFACE = PcapngForm.INTERFACE;
  private static final int SIMPLE_PACKET = PcapngForm.SIMPLE_PACKET;
  private static final int SMALLEST_BLOCK = PcapngForm.SMALLEST_BLOCK;
  private static final int SECTION_BODY_END = 24;
  private static final int TRAILER = 4;

  private final BlockCursor in;
  private final PcapngFaults faults;
  private final RecordChains chains;
  private final Holes holes;
  private final PcapngSection section = new PcapngSection();
  private final PcapngForm form = new PcapngForm(section);
  private final PcapngPackets packets;
  private final PcapngJumps jumps = new PcapngJumps();
  private boolean bigEndian;
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
    packets = new PcapngPackets(section, faults);
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
      if (total > MAX_HELD_BLOCK) {
        refuseOthersWithin(total);
        skippedBlock = total;
        skipLeft = (long) total - TRAILER;
        continue;
      }
      if (window.limit - window.cursor < total && !window.require(total)) {
        int there = chains.reachable(PcapngForm.PACKET_FRAME);
        if (holes.passOverlong(total, form.isSound(window.block, window.cursor, there))) {
          continue;
        }
        return false;
      }
      if (ByteOrders.int32(window.block, window.cursor + total - TRAILER, bigEndian) == 0) {
        refuseOthersWithin(total);
        holes.begin(total - TRAILER);
        continue;
      }
      if (jumps.any() && PcapngForm.isRead(type) && needsJumped(type)) {
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
    if (PcapngPackets.isPacket(type)) {
      packets.read(type, block, at, total, in.base + at, into);
      into.section = sectionStart;
      form.read(into.timestampNanos);
      if (type != SIMPLE_PACKET) {
        jumps.timeIsKnown();
      }
      in.cursor = at + total;
      position = in.position();
      return true;
    }
    readOther(type, block, at, total);
    in.cursor = at + total;
    return false;
  }

  private void readOther(int type, byte[] block, int at, int total) throws CaptureException {
    if (type == INTERFACE) {
      describeInterface(block, at, total);
    } else if (type == PcapngForm.STATISTICS && !form.looksLikePacket(block, at, total)) {
      if (!jumps.any()) {
        section.statistics(block, at, at + total - TRAILER);
      }
    } else if (type != SECTION_HEADER) {
      refuseDisguised(type, block, at, total);
    }
  }

  /** A damaged type would hide a packet, or where a section begins. */
  private void refuseDisguised(int type, byte[] block, int at, int total) throws CaptureException {
    long place = in.base + at;
    if (form.looksLikeSection(block, at, total)) {
      DamagedRecordException problem = faults.disguised(place, type, "section header");
      if (!holes.isWaitedFor(place) && section.begin(block, at + 8)) {
        sectionIsBegun(PacketRecord.NO_SECTION);
      }
      throw problem;
    }
    if (form.looksLikePacket(block, at, total)) {
      throw faults.disguised(place, type, "packet");
    }
  }

  /**
   * A length that the block's end does not confirm, or not yet, is wrong where others lie within.
   */
  private void refuseOthersWithin(int total) throws CaptureException {
    int there = chains.reachable(Math.min(total, MAX_HELD_BLOCK));
    if (chains.find(SMALLEST_BLOCK, there, RecordChains.Enough.WITHIN) != RecordChains.NONE) {
      throw faults.misplaced(in.position(), total);
    }
  }

  private boolean incomplete() {
    holes.endsOtherwise();
    return false;
  }

  /** The block's length rounded up to 4; -1 for space that was not written yet. */
  private int blockLength(int type) throws CaptureException {
    int length = ByteOrders.int32(in.block, in.cursor + 4, bigEndian);
    int most = PcapngForm.isRead(type) ? MAX_HELD_BLOCK : MAX_BLOCK;
    if (type != 0 && length >= SMALLEST_BLOCK && length <= most) {
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
      long place = in.position() + 8;
      String problem = "byte-order magic of the section is wrong";
      boolean isFirst = in.position() == 0;
      sectionIsBegun(PacketRecord.NO_SECTION);
      throw isFirst ? in.fault(place, problem) : in.damage(place, problem);
    }
    sectionIsBegun(in.position());
    int major = ByteOrders.uint16(in.block, in.cursor + 12, bigEndian);
    if (major != 1) {
      throw in.fault(in.position() + 12, "unknown pcapng major version " + major);
    }
    return true;
  }

  private void sectionIsBegun(long start) {
    bigEndian = section.bigEndian();
    form.bigEndian = bigEndian;
    form.interfaces = jumps.any() ? Integer.MAX_VALUE : 0;
    sectionStart = start;
    jumps.sectionBegins();
  }

  private void describeInterface(byte[] block, int at, int total) throws CaptureException {
    String problem = section.add(block, at, at + total - TRAILER);
    if (problem != null) {
      throw in.damage(in.base + at, problem);
    }
    form.interfaces = jumps.any() ? Integer.MAX_VALUE : section.count();
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
      form.interfaces = Integer.MAX_VALUE;
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
      if (total < 0 || (stopsAtPacket && PcapngForm.isRead(type) && type != INTERFACE)) {
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
    int number = packets.interfaceNumber(type, in.block, in.cursor);
    boolean isUnknown = number < 0 || number >= section.count();
    return jumps.missesInterfaces() && (type == INTERFACE || isUnknown);
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
    packets.forgetTime();
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
