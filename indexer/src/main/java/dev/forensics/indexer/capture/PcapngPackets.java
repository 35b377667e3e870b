package dev.forensics.indexer.capture;

/**
 * The packets of pcapng blocks: enhanced, simple and obsolete ones. A simple packet block has no
 * time: it gets the time of the record before it, 0 at the start, so that packet time does not run
 * back.
 */
final class PcapngPackets {
  private static final int PACKET_DATA = 28;
  private static final int SIMPLE_PACKET_DATA = 12;
  private static final int TRAILER = 4;

  private final PcapngSection section;
  private final PcapngFaults faults;
  private long lastNanos;

  PcapngPackets(PcapngSection section, PcapngFaults faults) {
    this.section = section;
    this.faults = faults;
  }

  /** True of the types of blocks that hold a packet. */
  static boolean isPacket(int type) {
    return type == PcapngForm.ENHANCED_PACKET
        || type == PcapngForm.SIMPLE_PACKET
        || type == PcapngForm.OBSOLETE_PACKET;
  }

  /** The time of the record before is 0 again. */
  void forgetTime() {
    lastNanos = 0;
  }

  /**
   * The interface that a packet's block names.
   *
   * @param type of the block; simple packets are of the first one
   */
  int interfaceNumber(int type, byte[] block, int at) {
    return switch (type) {
      case PcapngForm.ENHANCED_PACKET -> ByteOrders.int32(block, at + 8, section.bigEndian());
      case PcapngForm.OBSOLETE_PACKET -> ByteOrders.uint16(block, at + 8, section.bigEndian());
      default -> 0;
    };
  }

  /**
   * Reads a whole block.
   *
   * @param at offset of the block
   * @param total its length
   * @param place the block's, in bytes of the uncompressed capture
   * @param into filled, but for the section
   */
  void read(int type, byte[] block, int at, int total, long place, PacketRecord into)
      throws CaptureException {
    if (type == PcapngForm.SIMPLE_PACKET) {
      readSimple(block, at, total, place, into);
    } else {
      readTimed(interfaceNumber(type, block, at), block, at, total, place, into);
    }
    into.timestampNanos = lastNanos;
    into.position = place;
  }

  /** Enhanced (section 4.3) and obsolete (appendix A) packet blocks differ before byte 12 only. */
  private void readTimed(int number, byte[] block, int at, int total, long place, PacketRecord into)
      throws CaptureException {
    boolean isBig = section.bigEndian();
    int captured = total < PACKET_DATA + TRAILER ? -1 : ByteOrders.int32(block, at + 20, isBig);
    if (captured < 0 || captured > total - PACKET_DATA - TRAILER) {
      throw faults.tooLong(place, total, captured);
    }
    PcapngInterface source = interfaceOf(number, place);
    long high = ByteOrders.int32(block, at + 12, isBig);
    long low = ByteOrders.int32(block, at + 16, isBig) & 0xFFFF_FFFFL;
    int original = ByteOrders.int32(block, at + 24, isBig);
    view(into, block, at + PACKET_DATA, captured, original, place);
    lastNanos = source.nanos(high << 32 | low);
    into.linkType = source.linkType;
    into.interfaceId = number;
    int options = PACKET_DATA + ((captured + 3) & ~3);
    if (total - TRAILER - options >= 4) {
      section.packetOptions(number, block, at + options, at + total - TRAILER);
    }
  }

  /** Simple packet block (section 4.4): original length at 8; interface 0; no time. */
  private void readSimple(byte[] block, int at, int total, long place, PacketRecord into)
      throws CaptureException {
    int room = total - SIMPLE_PACKET_DATA - TRAILER;
    if (room < 0) {
      throw faults.tooLong(place, total, room);
    }
    PcapngInterface source = interfaceOf(0, place);
    int original = ByteOrders.int32(block, at + 8, section.bigEndian());
    long most = source.snapLength == 0 ? room : Math.min(room, source.snapLength & 0xFFFF_FFFFL);
    int captured = (int) Math.min(most, original & 0xFFFF_FFFFL);
    view(into, block, at + SIMPLE_PACKET_DATA, captured, original, place);
    into.linkType = source.linkType;
    into.interfaceId = 0;
  }

  private void view(
      PacketRecord into, byte[] block, int data, int captured, int original, long place)
      throws CaptureException {
    if (captured > PcapReader.MAX_CAPTURED) {
      throw faults.tooBig(place, captured);
    }
    into.buffer = block;
    into.offset = data;
    into.capturedLength = captured;
    into.originalLength = PcapForm.believed(original, captured);
  }

  private PcapngInterface interfaceOf(int number, long place) throws CaptureException {
    if (number < 0 || number >= section.count()) {
      throw faults.noInterface(place, number, section.count());
    }
    return section.get(number);
  }
}
