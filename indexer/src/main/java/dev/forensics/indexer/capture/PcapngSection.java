package dev.forensics.indexer.capture;

import java.util.Arrays;

/**
 * What a pcapng section says of itself: its byte order and its interfaces in order. The number of
 * interfaces is bounded by {@link #MAX_INTERFACES}, the options by the length of their block.
 */
final class PcapngSection {
  /** More than any real file has; keeps a file of interface blocks only from filling memory. */
  static final int MAX_INTERFACES = 65_536;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int OPTIONS_IN_INTERFACE = 16;
  private static final int OPTIONS_IN_STATISTICS = 20;
  private static final int END_OF_OPTIONS = 0;
  private static final int NAME = 2;
  private static final int DROP_COUNT = 4;
  private static final int TIME_RESOLUTION = 9;
  private static final int TIME_OFFSET = 14;

  private final InterfaceCounts counts = new InterfaceCounts();
  private boolean bigEndian;
  private PcapngInterface[] interfaces = new PcapngInterface[4];
  private int count;

  boolean bigEndian() {
    return bigEndian;
  }

  /** Interfaces described so far. */
  int count() {
    return count;
  }

  /** An interface; number in 0..count-1. */
  PcapngInterface get(int number) {
    return interfaces[number];
  }

  /**
   * Begins a section with the byte order that its magic tells; that of the one before where it
   * tells none.
   *
   * @param at offset of the byte-order magic
   * @return false when the magic is neither
   */
  boolean begin(byte[] block, int at) {
    int magic = ByteOrders.int32(block, at, false);
    boolean isBig = magic == Integer.reverseBytes(BYTE_ORDER_MAGIC);
    boolean isMagic = isBig || magic == BYTE_ORDER_MAGIC;
    bigEndian = isMagic ? isBig : bigEndian;
    counts.sectionBegins();
    Arrays.fill(interfaces, 0, count, null);
    count = 0;
    return isMagic;
  }

  /**
   * Takes an interface description block (section 4.2): link type at 8, snap length at 12, options
   * from 16.
   *
   * @param at offset of the block
   * @param end offset of the block's trailing length
   * @return null, or what is wrong with it
   */
  String add(byte[] block, int at, int end) {
    if (end - at < OPTIONS_IN_INTERFACE) {
      return "interface description block too short";
    }
    if (count == MAX_INTERFACES) {
      return "more than %d interfaces in a section".formatted(MAX_INTERFACES);
    }
    int linkType = ByteOrders.uint16(block, at + 8, bigEndian);
    int snapLength = ByteOrders.int32(block, at + 12, bigEndian);
    PcapngInterface plain = new PcapngInterface(linkType, snapLength);
    PcapngInterface described = withOptions(plain, block, at + OPTIONS_IN_INTERFACE, end);
    if (described == null) {
      return "option longer than its interface description block";
    }
    append(described);
    return null;
  }

  /** Null when an option runs over the end. An option of a wrong length is passed over. */
  private PcapngInterface withOptions(PcapngInterface plain, byte[] block, int from, int end) {
    int resolution = -1;
    long offsetSeconds = 0;
    int at = from;
    while (end - at >= 4) {
      int code = ByteOrders.uint16(block, at, bigEndian);
      int length = ByteOrders.uint16(block, at + 2, bigEndian);
      if (code == END_OF_OPTIONS) {
        break;
      }
      if (length > end - at - 4) {
        return null;
      }
      if (code == TIME_RESOLUTION && length == 1) {
        resolution = block[at + 4] & 0xFF;
      } else if (code == NAME) {
        counts.name(block, at + 4, length);
      } else if (code == TIME_OFFSET && length == 8) {
        offsetSeconds = ByteOrders.int64(block, at + 4, bigEndian);
      }
      at += 4 + ((length + 3) & ~3);
    }
    if (resolution < 0 && offsetSeconds == 0) {
      return plain;
    }
    int known = resolution < 0 ? PcapngInterface.MICROSECONDS : resolution;
    return new PcapngInterface(plain.linkType, plain.snapLength, known, offsetSeconds);
  }

  /**
   * Takes an interface statistics block (section 4.6): interface at 8, time at 12, options from 20.
   * Options past the end, and of a wrong length, are passed over.
   *
   * @param at offset of the block
   * @param end offset of the block's trailing length
   */
  void statistics(byte[] block, int at, int end) {
    int number = end - at < OPTIONS_IN_STATISTICS ? -1 : ByteOrders.int32(block, at + 8, bigEndian);
    if (number < 0 || number >= count) {
      counts.misplaced();
      return;
    }
    int option = at + OPTIONS_IN_STATISTICS;
    while (end - option >= 4) {
      int code = ByteOrders.uint16(block, option, bigEndian);
      int length = ByteOrders.uint16(block, option + 2, bigEndian);
      if (code == END_OF_OPTIONS || length > end - option - 4) {
        return;
      }
      if (length == 8) {
        counts.told(number, code, ByteOrders.int64(block, option + 4, bigEndian));
      }
      option += 4 + ((length + 3) & ~3);
    }
  }

  /**
   * Takes the options of an enhanced packet block (section 4.3): epb_dropcount.
   *
   * @param number of the packet's interface
   */
  void packetOptions(int number, byte[] block, int from, int end) {
    int option = from;
    while (end - option >= 4) {
      int code = ByteOrders.uint16(block, option, bigEndian);
      int length = ByteOrders.uint16(block, option + 2, bigEndian);
      if (code == END_OF_OPTIONS || length > end - option - 4) {
        return;
      }
      if (code == DROP_COUNT && length == 8) {
        counts.lost(number, ByteOrders.int64(block, option + 4, bigEndian));
      }
      option += 4 + ((length + 3) & ~3);
    }
  }

  /** What the file has said of its interfaces so far. */
  CaptureInterfaces told() {
    return counts.all();
  }

  private void append(PcapngInterface added) {
    if (count == interfaces.length) {
      interfaces = Arrays.copyOf(interfaces, 2 * count);
    }
    interfaces[count++] = added;
  }
}
