package dev.forensics.indexer.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Capture files of other tools, told by their first bytes so that they can be named. They are not
 * read: each has a converter.
 */
public enum ForeignFormat {
  SNOOP("a snoop capture", "snoop\0\0\0"),
  NETMON_1("a Network Monitor 1 capture", "RTSS"),
  NETMON_2("a Network Monitor 2 capture", "GMBU"),
  NETXRAY("a NetXRay or Sniffer capture", "XCP\0"),
  NETXRAY_1("a NetXRay 1 capture", "VL\0\0"),
  SNIFFER("a Sniffer capture", "TRSNIFF data    \u001a"),
  BTSNOOP("a Bluetooth HCI snoop log", "btsnoop\0"),
  IPTRACE("an AIX iptrace capture", "iptrace "),
  PEEK("an EtherPeek or OmniPeek capture", "\u007fver"),
  CAPSA("a Capsa capture", "cpse"),
  NETSCALER("a NetScaler trace", "NetScaler"),
  K12("a Tektronix K12 capture", "\0\0\2\0\u0012\5\0\u0010"),
  VISUAL("a Visual Networks capture", "\5VNF"),
  EVENT_TRACE("a Windows event trace (.etl)"),
  ERF("an Endace ERF capture"),
  PCAP_VARIANT("a pcap file of a variant that is not known");

  /** Bytes that tell any of them. */
  static final int HEAD_BYTES = 4096;

  private static final int TRACE_HEADER = 72;
  private static final int ERF_HEADER = 16;
  private static final int ERF_RECORDS = 3;
  private static final int ERF_TYPES = 48;
  private static final int ERF_DAY = 86_400;

  private final String words;

  private static final ForeignFormat[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final byte[] magic;

  ForeignFormat(String words) {
    this(words, "");
  }

  /**
   * @param magic one character an octet
   */
  ForeignFormat(String words, String magic) {
    this.words = words;
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What the file is and what to do, for messages. */
  public String advice() {
    String converter =
        this == EVENT_TRACE ? "etl2pcapng IN.etl OUT.pcapng" : "editcap -F pcapng IN OUT.pcapng";
    return words + ", which is not read; convert it: " + converter;
  }

  /** The format that begins like this, or null. */
  static ForeignFormat of(byte[] bytes, int from, int to) {
    for (ForeignFormat format : ALL) {
      byte[] magic = format.magic;
      int end = from + magic.length;
      boolean isLong = magic.length > 0 && end <= to;
      if (isLong && Arrays.equals(bytes, from, end, magic, 0, magic.length)) {
        return format;
      }
    }
    if (isPcapVariant(bytes, from, to)) {
      return PCAP_VARIANT;
    }
    if (isEventTrace(bytes, from, to)) {
      return EVENT_TRACE;
    }
    return isErf(bytes, from, to) ? ERF : null;
  }

  /** All magics of pcap begin with A1B2 in either order, and version 2 follows. */
  private static boolean isPcapVariant(byte[] bytes, int from, int to) {
    if (to - from < PcapHeader.BYTES) {
      return false;
    }
    boolean isBig = ByteOrders.uint16(bytes, from, true) == 0xA1B2;
    boolean isLittle = ByteOrders.uint16(bytes, from + 2, false) == 0xA1B2;
    return (isBig || isLittle) && ByteOrders.uint16(bytes, from + 4, isBig) == 2;
  }

  /** A buffer's size, then behind its header the trace's: version 2, of 32 or 64 bits, marked. */
  private static boolean isEventTrace(byte[] bytes, int from, int to) {
    if (to - from < TRACE_HEADER + 4) {
      return false;
    }
    int size = ByteOrders.int32(bytes, from, false);
    int header = from + TRACE_HEADER;
    int kind = bytes[header + 2];
    return size > 0
        && size <= 1 << 24
        && size % 1024 == 0
        && ByteOrders.uint16(bytes, header, false) == 2
        && (kind == 1 || kind == 2)
        && (bytes[header + 3] & 0xFF) == 0xC0;
  }

  /**
   * ERF has no magic: a chain of records, each with a time (seconds in the upper half, least
   * significant byte first), a type, and its length at 10, is one.
   */
  private static boolean isErf(byte[] bytes, int from, int to) {
    int at = from;
    long before = 0;
    for (int records = 0; records < ERF_RECORDS; records++) {
      if (to - at < ERF_HEADER) {
        return false;
      }
      long seconds = ByteOrders.int32(bytes, at + 4, false) & 0xFFFF_FFFFL;
      int type = bytes[at + 8] & 0x7F;
      int length = ByteOrders.uint16(bytes, at + 10, true);
      boolean isNear = records == 0 || Math.abs(seconds - before) <= ERF_DAY;
      if (type == 0 || type > ERF_TYPES || length <= ERF_HEADER || seconds == 0 || !isNear) {
        return false;
      }
      before = seconds;
      at += length;
    }
    return true;
  }
}
