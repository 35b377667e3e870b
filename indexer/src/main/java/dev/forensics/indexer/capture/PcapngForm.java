package dev.forensics.indexer.capture;

/** What pcapng blocks have in common: a type that is known, and their length at both ends. */
final class PcapngForm implements RecordForm {
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  static final int SMALLEST_BLOCK = 12;
  private static final int LAST_STANDARD_TYPE = 10;
  private static final int CUSTOM = 0xBAD;
  private static final int CUSTOM_NOT_COPIED = 0x4000_0BAD;

  /** Byte order of the section that is read. */
  boolean bigEndian;

  @Override
  public int headBytes() {
    return SMALLEST_BLOCK;
  }

  @Override
  public void beginChain() {}

  @Override
  public boolean isAnchored() {
    return true;
  }

  @Override
  public int length(byte[] block, int at) {
    int type = ByteOrders.int32(block, at, bigEndian);
    if (type == PcapngReader.SECTION_HEADER) {
      return sectionLength(block, at);
    }
    boolean isKnown =
        (type > 0 && type <= LAST_STANDARD_TYPE) || type == CUSTOM || type == CUSTOM_NOT_COPIED;
    int length = ByteOrders.int32(block, at + 4, bigEndian);
    return isKnown && isLength(length) ? length : 0;
  }

  /** A section may have the other byte order, which its magic tells. */
  private static int sectionLength(byte[] block, int at) {
    boolean isBig = ByteOrders.int32(block, at + 8, true) == BYTE_ORDER_MAGIC;
    boolean isMagic = isBig || ByteOrders.int32(block, at + 8, false) == BYTE_ORDER_MAGIC;
    int length = ByteOrders.int32(block, at + 4, isBig);
    return isMagic && isLength(length) ? length : 0;
  }

  private static boolean isLength(int length) {
    return length >= SMALLEST_BLOCK && length <= PcapngReader.MAX_HELD_BLOCK && length % 4 == 0;
  }

  @Override
  public boolean isWhole(byte[] block, int at, int length) {
    return ByteOrders.int32(block, at + 4, false)
        == ByteOrders.int32(block, at + length - 4, false);
  }
}
