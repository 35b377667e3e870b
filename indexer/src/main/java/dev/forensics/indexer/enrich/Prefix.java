package dev.forensics.indexer.enrich;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address prefix.
 *
 * @param ipVersion 4 or 6
 * @param high high 64 bits of its first address; 0 for IPv4
 * @param low low 64 bits of its first address; IPv4 in the low 32 bits
 * @param bits its length, 0..32 or 0..128
 */
public record Prefix(int ipVersion, long high, long low, int bits) {

  // Written out, since what Java makes of a record for them costs every start milliseconds.
  @Override
  public boolean equals(Object other) {
    return other instanceof Prefix prefix
        && ipVersion == prefix.ipVersion
        && high == prefix.high
        && low == prefix.low
        && bits == prefix.bits;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(high) + Long.hashCode(low)) + (bits << 3) + ipVersion;
  }

  /**
   * Reads "192.0.2.0/24", "2001:db8::/32" or a single address.
   *
   * @throws IllegalArgumentException when it is none; bits past the length must be zero
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    byte[] bytes;
    try {
      bytes = InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + text, e);
    }
    int width = bytes.length * 8;
    int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > width) {
      throw new IllegalArgumentException("not a prefix length: " + text);
    }
    Prefix prefix = of(bytes, bits);
    if (!prefix.holds(prefix.high, prefix.low)) {
      throw new IllegalArgumentException("bits are set past the prefix length: " + text);
    }
    return prefix;
  }

  private static Prefix of(byte[] bytes, int bits) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new Prefix(4, 0, buffer.getInt() & 0xFFFF_FFFFL, bits)
        : new Prefix(6, buffer.getLong(), buffer.getLong(), bits);
  }

  /** True when the first address of this length around the given one is that of this prefix. */
  public boolean holds(long addressHigh, long addressLow) {
    return maskHigh(ipVersion, addressHigh, bits) == high
        && maskLow(ipVersion, addressLow, bits) == low;
  }

  static long maskHigh(int ipVersion, long high, int bits) {
    if (ipVersion == 4 || bits == 0) {
      return 0;
    }
    return bits >= 64 ? high : high & (-1L << (64 - bits));
  }

  static long maskLow(int ipVersion, long low, int bits) {
    if (ipVersion == 4) {
      return bits == 0 ? 0 : low & 0xFFFF_FFFFL & (-1L << (32 - bits));
    }
    return bits <= 64 ? 0 : low & (-1L << (128 - bits));
  }
}
