package dev.forensics.indexer.detect.wire;

/** Reads addresses from text, strictly: nothing that is not an address becomes one. */
public final class AddressReader {
  private static final int GROUPS = 8;
  private static final int LONGEST = 45;

  private AddressReader() {}

  /**
   * Reads an IPv4 address of four decimal numbers, or an IPv6 address (RFC 4291 section 2.2).
   *
   * @return the address as {@link AddressText} writes it; null when the text is none
   */
  public static String read(String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      byte[] bytes = new byte[4];
      return ipv4(text, bytes, 0) ? AddressText.ipv4(bytes, 0) : null;
    }
    byte[] bytes = ipv6(text);
    return bytes == null ? null : AddressText.ipv6(bytes, 0);
  }

  private static boolean ipv4(String text, byte[] into, int at) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      int value = number(parts[i], 10, 3);
      if (value < 0 || value > 0xFF) {
        return false;
      }
      into[at + i] = (byte) value;
    }
    return true;
  }

  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] whole = groups(text);
      return whole != null && whole.length == 2 * GROUPS ? whole : null;
    }
    int dot = text.indexOf('.');
    byte[] head = dot >= 0 && dot < gap ? null : groups(text.substring(0, gap));
    byte[] tail = groups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length > 2 * GROUPS - 2) {
      return null;
    }
    byte[] whole = new byte[2 * GROUPS];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(tail, 0, whole, whole.length - tail.length, tail.length);
    return whole;
  }

  /** Groups between colons, of which the last may be an IPv4 address; null when they are none. */
  private static byte[] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    boolean mixed = parts[parts.length - 1].indexOf('.') >= 0;
    byte[] bytes = new byte[2 * parts.length + (mixed ? 2 : 0)];
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (last && mixed) {
        return ipv4(parts[i], bytes, 2 * i) ? bytes : null;
      }
      int value = number(parts[i], 16, 4);
      if (value < 0) {
        return null;
      }
      bytes[2 * i] = (byte) (value >> 8);
      bytes[2 * i + 1] = (byte) value;
    }
    return bytes;
  }

  /** A number of one to so many digits; -1 when it is none. */
  private static int number(String text, int radix, int digits) {
    if (text.isEmpty() || text.length() > digits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
