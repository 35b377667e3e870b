package dev.forensics.indexer.capture;

/**
 * What pcapng blocks have in common: a type that is known, and their length at both ends. A packet
 * has to fit its block, and its interface has to be described.
 */
final class PcapngForm implements RecordForm {
  static final int SMALLEST_BLOCK = 12;
  static final int SECTION_HEADER = 0x0A0D0D0A;
  static final int INTERFACE = 1;
  static final int OBSOLETE_PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int LAST_STANDARD_TYPE = 10;
  private static final int CUSTOM = 0xBAD;
  private static final int CUSTOM_NOT_COPIED = 0x4000_0BAD;

  /** The fewest bytes of a section's and of an interface's block. */
  private static final int SECTION_BYTES = 28;

  private static final int INTERFACE_BYTES = 20;

  /** Bytes of a packet's block before and behind its packet, without options. */
  static final int PACKET_FRAME = 32;

  /** Options of a packet: more than any writer has. */
  private static final int MOST_OPTIONS = 8 * 1024;

  /** Nanoseconds between a packet and the one before: 31 days. */
  private static final long NEAR_NANOS = 31 * 86_400_000_000_000L;

  /** Interfaces with more options than this are not proved by themselves. */
  private static final int MOST_OF_INTERFACE = 4096;

  private final PcapngSection section;

  /** Time of the packet that was read last; 0 before the first. */
  private long latestNanos;

  /** Time of the latest packet that was near those before it; 0 before the first. */
  private long trustedNanos;

  /** Byte order of the section that is read. */
  boolean bigEndian;

  /** Interfaces that the section has described; Integer.MAX_VALUE where it is not known. */
  int interfaces;

  private boolean isChainBig;
  private int chainInterfaces;

  /**
   * @param section that is read
   */
  PcapngForm(PcapngSection section) {
    this.section = section;
  }

  /** A packet was read: others are near its time. */
  void read(long nanos) {
    trustedNanos = isNear(nanos) ? nanos : trustedNanos;
    latestNanos = nanos;
  }

  @Override
  public int headBytes() {
    return SMALLEST_BLOCK;
  }

  @Override
  public void beginChain() {
    isChainBig = bigEndian;
    chainInterfaces = interfaces;
  }

  @Override
  public boolean isAnchored() {
    return true;
  }

  @Override
  public int length(byte[] block, int at) {
    int type = ByteOrders.int32(block, at, isChainBig);
    if (type == SECTION_HEADER) {
      return sectionLength(block, at);
    }
    int length = ByteOrders.int32(block, at + 4, isChainBig);
    return isKnown(type) && isLength(length) ? length : 0;
  }

  /** True of the types of blocks that the packets are read from. */
  static boolean isRead(int type) {
    return PcapngPackets.isPacket(type) || type == INTERFACE;
  }

  private static boolean isKnown(int type) {
    return (type > 0 && type <= LAST_STANDARD_TYPE) || type == CUSTOM || type == CUSTOM_NOT_COPIED;
  }

  /** A section may have the other byte order, which its magic tells. */
  private static int sectionLength(byte[] block, int at) {
    boolean isBig = isMagic(block, at + 8, true);
    int length = ByteOrders.int32(block, at + 4, isBig);
    return (isBig || isMagic(block, at + 8, false)) && isLength(length) ? length : 0;
  }

  private static boolean isMagic(byte[] block, int at, boolean isBig) {
    return ByteOrders.int32(block, at, isBig) == BYTE_ORDER_MAGIC;
  }

  private static boolean isLength(int length) {
    return length >= SMALLEST_BLOCK && length <= PcapngReader.MAX_HELD_BLOCK && length % 4 == 0;
  }

  @Override
  public boolean isWhole(byte[] block, int at, int length) {
    int first = ByteOrders.int32(block, at + 4, false);
    if (first != ByteOrders.int32(block, at + length - 4, false)) {
      return false;
    }
    switch (ByteOrders.int32(block, at, isChainBig)) {
      case SECTION_HEADER -> {
        isChainBig = isMagic(block, at + 8, true);
        chainInterfaces = 0;
      }
      case INTERFACE -> chainInterfaces = Math.max(chainInterfaces, chainInterfaces + 1);
      case ENHANCED_PACKET -> {
        return isPacket(block, at, length, isChainBig, chainInterfaces);
      }
      default -> {
        return true;
      }
    }
    return true;
  }

  /** A packet, an interface or a section: its type, and its length at both ends, are known. */
  @Override
  public boolean isEvident(byte[] block, int at, int length) {
    return switch (ByteOrders.int32(block, at, bigEndian)) {
      case SECTION_HEADER -> length >= SECTION_BYTES;
      case INTERFACE ->
          length >= INTERFACE_BYTES
              && length <= MOST_OF_INTERFACE
              && ByteOrders.uint16(block, at + 10, bigEndian) == 0;
      case ENHANCED_PACKET -> isEvidentPacket(block, at, length);
      default -> false;
    };
  }

  private boolean isEvidentPacket(byte[] block, int at, int length) {
    int number = ByteOrders.int32(block, at + 8, bigEndian);
    int captured = ByteOrders.int32(block, at + 20, bigEndian);
    int original = ByteOrders.int32(block, at + 24, bigEndian);
    boolean isPacket =
        isPacket(block, at, length, bigEndian, section.count())
            && original >= Math.max(captured, 1)
            && original <= PcapForm.MOST_ORIGINAL
            && length - PACKET_FRAME - captured <= MOST_OPTIONS;
    return isPacket && isNear(section.get(number).nanos(ticks(block, at)));
  }

  private boolean isNear(long nanos) {
    return latestNanos == 0
        || Math.abs(nanos - latestNanos) <= NEAR_NANOS
        || Math.abs(nanos - trustedNanos) <= NEAR_NANOS;
  }

  private long ticks(byte[] block, int at) {
    long high = ByteOrders.int32(block, at + 12, bigEndian);
    return high << 32 | (ByteOrders.int32(block, at + 16, bigEndian) & 0xFFFF_FFFFL);
  }

  private static boolean isPacket(byte[] block, int at, int length, boolean isBig, int described) {
    if (length < PACKET_FRAME) {
      return false;
    }
    int number = ByteOrders.int32(block, at + 8, isBig);
    int captured = ByteOrders.int32(block, at + 20, isBig);
    return number >= 0 && number < described && captured >= 0 && captured <= length - PACKET_FRAME;
  }

  /** True of a head that is nothing but that of a block which is cut. */
  boolean isSound(byte[] block, int at, int there) {
    int type = ByteOrders.int32(block, at, bigEndian);
    if (type != ENHANCED_PACKET || there < PACKET_FRAME) {
      return isKnown(type);
    }
    int length = ByteOrders.int32(block, at + 4, bigEndian);
    int options = length - PACKET_FRAME - ByteOrders.int32(block, at + 20, bigEndian);
    return isPacket(block, at, length, bigEndian, interfaces) && options <= MOST_OPTIONS;
  }

  /** True of a block, whatever its type says, that holds a packet and little else. */
  boolean looksLikePacket(byte[] block, int at, int length) {
    if (length < PACKET_FRAME || !isPacket(block, at, length, bigEndian, interfaces)) {
      return false;
    }
    int captured = ByteOrders.int32(block, at + 20, bigEndian);
    int original = ByteOrders.int32(block, at + 24, bigEndian);
    return captured > 0
        && original >= captured
        && original <= PcapForm.MOST_ORIGINAL
        && ((captured + 3) & ~3) == length - PACKET_FRAME;
  }

  /** True of a block, whatever its type says, that begins a section. */
  boolean looksLikeSection(byte[] block, int at, int length) {
    boolean isLong = length >= SECTION_BYTES;
    return isLong && (isMagic(block, at + 8, true) || isMagic(block, at + 8, false));
  }
}
