package dev.forensics.indexer.capture;

/**
 * File header of a pcap file (pcap-savefile(5), draft-ietf-opsawg-pcap), 24 bytes:
 *
 * <pre>
 *  0 magic  4 major u16  6 minor u16  8 time zone  12 accuracy  16 snap length  20 link type
 * </pre>
 *
 * The magic tells byte order, time unit and record header. The upper half of the link type holds
 * the FCS length and reserved bits and is no part of it.
 *
 * @param bigEndian byte order of every number in the file
 * @param nanosPerTick 1000 for microseconds, 1 for nanoseconds
 * @param headerBytes length of this header; the first record starts there
 * @param recordHeaderBytes 16, or 24 in Kuznetzov's variant (interface, protocol, packet type)
 * @param lengths which of the two length fields of a record comes first
 * @param linkType a LINKTYPE_ value
 * @param magic the first four bytes read in the file's byte order
 */
record PcapHeader(
    boolean bigEndian,
    int nanosPerTick,
    int headerBytes,
    int recordHeaderBytes,
    LengthOrder lengths,
    int linkType,
    int magic) {

  static final int BYTES = 24;

  /** IXIA's lcap adds the total length of all records behind the usual header. */
  static final int IXIA_BYTES = 28;

  private static final int MICROSECONDS = 0xA1B2C3D4;
  private static final int NANOSECONDS = 0xA1B23C4D;
  private static final int KUZNETZOV = 0xA1B2CD34;
  private static final int IXIA_HARDWARE = 0x1C0001AC;
  private static final int IXIA_SOFTWARE = 0x1C0001AB;

  /** Old writers put the original length first; version 2.3 was written both ways. */
  enum LengthOrder {
    CAPTURED_FIRST,
    ORIGINAL_FIRST,
    SMALLER_IS_CAPTURED
  }

  /** True when four bytes start a pcap file. */
  static boolean matches(byte[] bytes, int at) {
    return isMagic(ByteOrders.int32(bytes, at, false))
        || isMagic(ByteOrders.int32(bytes, at, true));
  }

  private static boolean isMagic(int magic) {
    return switch (magic) {
      case MICROSECONDS, NANOSECONDS, KUZNETZOV, IXIA_HARDWARE, IXIA_SOFTWARE -> true;
      default -> false;
    };
  }

  /** Bytes of the header that starts here, told by its magic. */
  static int lengthAt(byte[] bytes, int at) {
    int magic = ByteOrders.int32(bytes, at, isBigEndian(bytes, at));
    return magic == IXIA_HARDWARE || magic == IXIA_SOFTWARE ? IXIA_BYTES : BYTES;
  }

  private static boolean isBigEndian(byte[] bytes, int at) {
    return isMagic(ByteOrders.int32(bytes, at, true));
  }

  /** Reads the header; all of its bytes have to be there. */
  static PcapHeader parse(byte[] bytes, int at) {
    boolean big = isBigEndian(bytes, at);
    int magic = ByteOrders.int32(bytes, at, big);
    boolean nanos = magic == NANOSECONDS || magic == IXIA_HARDWARE;
    return new PcapHeader(
        big,
        nanos ? 1 : 1000,
        lengthAt(bytes, at),
        magic == KUZNETZOV ? 24 : 16,
        lengthOrder(bytes, at, big),
        ByteOrders.int32(bytes, at + 20, big) & 0xFFFF,
        magic);
  }

  private static LengthOrder lengthOrder(byte[] bytes, int at, boolean big) {
    int major = ByteOrders.uint16(bytes, at + 4, big);
    int minor = ByteOrders.uint16(bytes, at + 6, big);
    if (major != 2 || minor > 3) {
      return LengthOrder.CAPTURED_FIRST;
    }
    return minor == 3 ? LengthOrder.SMALLER_IS_CAPTURED : LengthOrder.ORIGINAL_FIRST;
  }

  /** The major version where it is one that nobody writes, otherwise 0. */
  static int unknownVersion(byte[] bytes, int at) {
    int major = ByteOrders.uint16(bytes, at + 4, isBigEndian(bytes, at));
    // 543 was written by DG/UX and is otherwise the same.
    return major == 2 || major == 543 ? 0 : Math.max(major, 1);
  }
}
