package dev.forensics.indexer.detect.dns;

import dev.forensics.indexer.detect.wire.Octets;

/**
 * Reads names with compression (RFC 1035 4.1.4). A pointer must point before the place where it
 * stands, and a name has at most 255 bytes, so loops end.
 */
final class DnsNames {
  private static final int NAME_LIMIT_BYTES = 255;

  private DnsNames() {}

  /**
   * Where a name ends in place, pointers not followed.
   *
   * @param at in bytes from the start of the message
   * @return in bytes from the start of the message, -1 when it does not end in it
   */
  static int skip(byte[] buffer, int message, int length, int at) {
    int position = at;
    while (position < length) {
      int label = Octets.u8(buffer, message + position);
      if (label == 0) {
        return position + 1;
      }
      if ((label & 0xC0) == 0xC0) {
        return position + 2 <= length ? position + 2 : -1;
      }
      if (label > 63 || position - at > NAME_LIMIT_BYTES) {
        return -1;
      }
      position += label + 1;
    }
    return -1;
  }

  /** The name at a place of the message, lower case; as far as it can be read. */
  static String read(byte[] buffer, int message, int length, int at) {
    StringBuilder name = new StringBuilder(48);
    int position = at;
    int limit = length;
    while (position < length && name.length() < NAME_LIMIT_BYTES) {
      int label = Octets.u8(buffer, message + position);
      if ((label & 0xC0) == 0xC0) {
        int target =
            position + 1 < length ? Octets.u16(buffer, message + position) & 0x3FFF : limit;
        if (target >= Math.min(limit, position)) {
          break;
        }
        limit = position;
        position = target;
      } else if (label == 0 || label > 63 || position + 1 + label > length) {
        break;
      } else {
        label(name, buffer, message + position + 1, label);
        position += label + 1;
      }
    }
    return name.toString();
  }

  private static void label(StringBuilder name, byte[] buffer, int offset, int length) {
    if (name.length() > 0) {
      name.append('.');
    }
    String text = Octets.readable(buffer, offset, length, length);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      name.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
  }
}
