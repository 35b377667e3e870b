package dev.forensics.indexer.decode;

/**
 * GTP-U version 1 header (3GPP TS 29.281, section 5.1). Only user packets (G-PDU) are followed.
 *
 * <pre>
 *  0                1        2            4         8              10       11
 * +-----+-+-+-+-+-+--------+------------+---------+--------------+--------+-----------+
 * | 001 |1|0|E|S|P| type   | length     | TEID    | sequence     | N-PDU  | next ext. |
 * +-----+-+-+-+-+-+--------+------------+---------+--------------+--------+-----------+
 *                                                  present if any of E, S, P is set
 * </pre>
 */
final class GtpHeader {
  static final int LENGTH = 8;
  private static final int OPTIONAL_LENGTH = 4;
  private static final int OPTIONAL = 0x07;
  private static final int EXTENDED = 0x04;
  private static final int G_PDU = 255;
  private static final int MAX_EXTENSIONS = 8;

  private GtpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int flags = cursor.u8(0);
    int length = cursor.u16(2);
    boolean isData = cursor.u8(1) == G_PDU;
    boolean isLong = length > cursor.wireLength() - LENGTH;
    if ((flags & 0xF8) != 0x30 || (isLong && !isData)) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    if (!isData) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
    }
    long teid = cursor.i32(4) & 0xFFFFFFFFL;
    cursor.at += LENGTH;
    int announcedEnd = cursor.at + length;
    cursor.shorten(length);
    if ((flags & OPTIONAL) != 0 && !skipOptional((flags & EXTENDED) != 0, cursor)) {
      return cursor.missing(packet, Layer.TUNNEL, OPTIONAL_LENGTH);
    }
    if (isLong && !endsAt(announcedEnd, cursor)) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    return cursor.enter(packet, Tunnel.GTP_U, teid, Next.IP);
  }

  /** More than the UDP payload has room for was cut, when the IP packet inside says the same. */
  private static boolean endsAt(int announcedEnd, Cursor cursor) {
    if (!cursor.has(LENGTH)) {
      return false;
    }
    int length = cursor.u8(0) >>> 4 == 6 ? Ipv6Header.LENGTH + cursor.u16(4) : cursor.u16(2);
    return cursor.at + length == announcedEnd;
  }

  /** Each extension ends with the type of the next one, 0 when there is none. */
  private static boolean skipOptional(boolean extended, Cursor cursor) {
    if (!cursor.has(OPTIONAL_LENGTH)) {
      return false;
    }
    int next = extended ? cursor.u8(3) : 0;
    cursor.at += OPTIONAL_LENGTH;
    for (int i = 0; next != 0; i++) {
      if (i == MAX_EXTENSIONS || !cursor.has(OPTIONAL_LENGTH)) {
        return false;
      }
      int length = cursor.u8(0) * 4;
      if (length == 0 || !cursor.has(length)) {
        return false;
      }
      next = cursor.u8(length - 1);
      cursor.at += length;
    }
    return true;
  }
}
