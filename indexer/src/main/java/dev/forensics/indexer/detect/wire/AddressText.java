package dev.forensics.indexer.detect.wire;

/** Addresses as text; IPv6 as RFC 5952 writes it. */
public final class AddressText {
  private AddressText() {}

  /** The address in these 4 bytes. */
  public static String ipv4(byte[] buffer, int offset) {
    return Octets.u8(buffer, offset)
        + "."
        + Octets.u8(buffer, offset + 1)
        + "."
        + Octets.u8(buffer, offset + 2)
        + "."
        + Octets.u8(buffer, offset + 3);
  }

  /** The address in these 16 bytes. */
  public static String ipv6(byte[] buffer, int offset) {
    int bestStart = -1;
    int bestLength = 1;
    int start = 0;
    for (int i = 0; i <= 8; i++) {
      if (i == 8 || Octets.u16(buffer, offset + 2 * i) != 0) {
        if (i - start > bestLength) {
          bestStart = start;
          bestLength = i - start;
        }
        start = i + 1;
      }
    }
    StringBuilder text = new StringBuilder(39);
    int i = 0;
    while (i < 8) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength;
      } else {
        if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(Octets.u16(buffer, offset + 2 * i)));
        i++;
      }
    }
    return text.toString();
  }
}
