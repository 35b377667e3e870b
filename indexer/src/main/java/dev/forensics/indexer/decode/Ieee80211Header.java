package dev.forensics.indexer.decode;

/**
 * IEEE 802.11 data frame header. Management, control and null frames carry no flow, nor do
 * encrypted ones.
 *
 * <pre>
 *  0               2          4           10          16          22      24
 * +---------------+----------+-----------+-----------+-----------+-------+------------------
 * | frame control | duration | address 1 | address 2 | address 3 | seq   | address 4, QoS, HT
 * +---------------+----------+-----------+-----------+-----------+-------+------------------
 * </pre>
 *
 * Behind it stands an LLC header. Of an aggregate (A-MSDU) only the first frame is followed.
 */
final class Ieee80211Header {
  static final int LENGTH = 24;
  private static final int TYPE_DATA = 2;
  private static final int SUBTYPE_NULL = 4;
  private static final int SUBTYPE_QOS = 8;
  private static final int TO_DS = 0x01;
  private static final int FROM_DS = 0x02;
  private static final int PROTECTED = 0x40;
  private static final int ORDER = 0x80;
  private static final int QOS_AGGREGATE = 0x80;
  private static final int SUBFRAME_LENGTH = 14;

  private Ieee80211Header() {}

  /**
   * @param padded whether the adapter pads the header to a multiple of 4 bytes
   */
  static int decode(Cursor cursor, DecodedPacket packet, boolean padded) {
    if (!cursor.has(2)) {
      return cursor.missing(packet, Layer.LINK, 2);
    }
    int control = cursor.u8(0);
    int flags = cursor.u8(1);
    int subtype = control >>> 4;
    boolean data = (control & 3) == 0 && (control >>> 2 & 3) == TYPE_DATA;
    if (!data || (subtype & SUBTYPE_NULL) != 0 || (flags & PROTECTED) != 0) {
      return cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    }
    boolean relayed = (flags & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS);
    int qos = relayed ? LENGTH + 6 : LENGTH;
    int length = qos;
    if ((subtype & SUBTYPE_QOS) != 0) {
      length += (flags & ORDER) != 0 ? 6 : 2;
    }
    int whole = padded ? (length + 3) & ~3 : length;
    if (!cursor.has(whole)) {
      return cursor.missing(packet, Layer.LINK, whole);
    }
    addresses(flags, cursor, packet);
    boolean aggregate = length > qos && (cursor.u8(qos) & QOS_AGGREGATE) != 0;
    cursor.at += whole;
    return aggregate ? subframe(cursor, packet) : Next.LLC;
  }

  /** Which address is whose depends on the way through the access point (802.11, 9.3.2.1). */
  private static void addresses(int flags, Cursor cursor, DecodedPacket packet) {
    if (packet.sourceMac != DecodedPacket.NONE) {
      return;
    }
    boolean to = (flags & TO_DS) != 0;
    boolean from = (flags & FROM_DS) != 0;
    int source = from ? (to ? 24 : 16) : 10;
    packet.destinationMac = BigEndian.u48(cursor.buffer, cursor.at + (to ? 16 : 4));
    packet.sourceMac = BigEndian.u48(cursor.buffer, cursor.at + source);
  }

  private static int subframe(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(SUBFRAME_LENGTH)) {
      return cursor.missing(packet, Layer.LINK, SUBFRAME_LENGTH);
    }
    int length = cursor.u16(12);
    cursor.at += SUBFRAME_LENGTH;
    cursor.shorten(length);
    return Next.LLC;
  }
}
