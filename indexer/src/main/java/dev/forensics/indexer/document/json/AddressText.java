package dev.forensics.indexer.document.json;

import java.nio.charset.StandardCharsets;

/**
 * IP and MAC addresses as text, written into a byte array. IPv4 in dotted decimal, IPv6 as RFC 5952
 * wants it (lower case, no leading zeros, the longest run of two or more zero groups, the first
 * among equals, as "::"; ::ffff:0:0/96 with the IPv4 address in dotted decimal).
 */
public final class AddressText {
  /** Longest text: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", in bytes. */
  public static final int MAX_LENGTH = 39;

  /** Length of a MAC address as text, in bytes. */
  public static final int MAC_LENGTH = 17;

  private static final byte[] LOWER_HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int GROUPS = 8;
  private static final long MAPPED_PREFIX = 0xffffL;

  private AddressText() {}

  /**
   * Writes an address.
   *
   * @param ipVersion 4, or 6 for anything else
   * @param high high 64 bits; not looked at for IPv4
   * @param low low 64 bits; IPv4 in the low 32 bits
   * @param into receives the text; at least {@link #MAX_LENGTH} bytes of room at offset
   * @param offset in bytes from the start of into
   * @return bytes written
   */
  public static int write(int ipVersion, long high, long low, byte[] into, int offset) {
    int end =
        ipVersion == 4
            ? ipv4((int) low, into, offset)
            : high == 0 && (low >>> 32) == MAPPED_PREFIX
                ? mapped((int) low, into, offset)
                : ipv6(high, low, into, offset);
    return end - offset;
  }

  /** The address as a new string; for places where speed does not matter. */
  public static String of(int ipVersion, long high, long low) {
    byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, write(ipVersion, high, low, text, 0), StandardCharsets.US_ASCII);
  }

  /**
   * Writes a MAC address in the form of ECS (RFC 7042): upper case, hyphens between the bytes.
   *
   * @param mac in the low 48 bits
   * @param into receives {@link #MAC_LENGTH} bytes at offset
   * @param offset in bytes from the start of into
   */
  public static void writeMac(long mac, byte[] into, int offset) {
    int at = offset;
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (mac >>> shift) & 0xff;
      into[at++] = UPPER_HEX[octet >>> 4];
      into[at++] = UPPER_HEX[octet & 0xf];
      if (shift > 0) {
        into[at++] = '-';
      }
    }
  }

  private static int ipv4(int address, byte[] into, int offset) {
    int at = octet(address >>> 24, into, offset);
    into[at++] = '.';
    at = octet((address >>> 16) & 0xff, into, at);
    into[at++] = '.';
    at = octet((address >>> 8) & 0xff, into, at);
    into[at++] = '.';
    return octet(address & 0xff, into, at);
  }

  private static int octet(int value, byte[] into, int offset) {
    int at = offset;
    if (value >= 100) {
      into[at++] = (byte) ('0' + value / 100);
    }
    if (value >= 10) {
      into[at++] = (byte) ('0' + value / 10 % 10);
    }
    into[at++] = (byte) ('0' + value % 10);
    return at;
  }

  private static int mapped(int address, byte[] into, int offset) {
    int at = offset;
    into[at++] = ':';
    into[at++] = ':';
    for (int i = 0; i < 4; i++) {
      into[at++] = 'f';
    }
    into[at++] = ':';
    return ipv4(address, into, at);
  }

  private static int ipv6(long high, long low, byte[] into, int offset) {
    long run = longestZeroRun(high, low);
    int runStart = (int) (run >>> 8);
    int runLength = (int) (run & 0xff);
    int at = offset;
    int index = 0;
    while (index < GROUPS) {
      if (runLength > 1 && index == runStart) {
        into[at++] = ':';
        into[at++] = ':';
        index += runLength;
        continue;
      }
      if (index > 0 && into[at - 1] != ':') {
        into[at++] = ':';
      }
      at = group(groupAt(high, low, index), into, at);
      index++;
    }
    return at;
  }

  /** Start of the run in bits 8 and up, its length in groups in the low 8 bits. */
  private static long longestZeroRun(long high, long low) {
    int bestStart = 0;
    int bestLength = 0;
    int length = 0;
    for (int index = 0; index < GROUPS; index++) {
      length = groupAt(high, low, index) == 0 ? length + 1 : 0;
      if (length > bestLength) {
        bestLength = length;
        bestStart = index - length + 1;
      }
    }
    return ((long) bestStart << 8) | bestLength;
  }

  private static int groupAt(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static int group(int value, byte[] into, int offset) {
    int at = offset;
    boolean begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = (value >>> shift) & 0xf;
      begun |= digit != 0 || shift == 0;
      if (begun) {
        into[at++] = LOWER_HEX[digit];
      }
    }
    return at;
  }
}
