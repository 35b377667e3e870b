package dev.forensics.indexer.decode;

/**
 * IP authentication header (RFC 4302, section 2). It hides nothing: what it protects follows.
 *
 * <pre>
 *  0             1              2            4         8              12
 * +-------------+--------------+------------+---------+--------------+-------
 * | next header | length in 4  | reserved   | SPI     | sequence     | ICV
 * |             | bytes, minus 2                                     |
 * +-------------+--------------+------------+---------+--------------+-------
 * </pre>
 */
final class AuthenticationHeader {
  static final int LENGTH = 12;

  private AuthenticationHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.AH, LENGTH);
    }
    int length = (cursor.u8(1) + 2) * 4;
    if (length < LENGTH) {
      return cursor.stop(packet, Layer.AH, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.AH, length);
    }
    return cursor.skip(length, Next.IP_PROTOCOL | cursor.u8(0));
  }
}
