package dev.forensics.indexer.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Absolute reads of network byte order. Callers have compared the offset with the captured length
 * before, so these only meet Java's own array check.
 */
final class BigEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /** The octet at this offset, 0..255. */
  static int u8(byte[] buffer, int at) {
    return buffer[at] & 0xFF;
  }

  /** The 16 bits at this offset, 0..65535. */
  static int u16(byte[] buffer, int at) {
    return (short) SHORT.get(buffer, at) & 0xFFFF;
  }

  /** The 32 bits at this offset, as they are. */
  static int i32(byte[] buffer, int at) {
    return (int) INT.get(buffer, at);
  }

  /** The 32 bits at this offset, 0..2^32-1. */
  static long u32(byte[] buffer, int at) {
    return (int) INT.get(buffer, at) & 0xFFFFFFFFL;
  }

  /** The 48 bits at this offset, such as a MAC address, 0..2^48-1. */
  static long u48(byte[] buffer, int at) {
    return ((long) u16(buffer, at) << 32) | u32(buffer, at + 2);
  }

  /** The 64 bits at this offset, as they are. */
  static long i64(byte[] buffer, int at) {
    return (long) LONG.get(buffer, at);
  }

  /** The little-endian 16 bits at this offset, 0..65535: 802.11 and its pseudo headers use them. */
  static int littleU16(byte[] buffer, int at) {
    return Integer.reverseBytes(u16(buffer, at)) >>> 16;
  }

  /** The little-endian 32 bits at this offset, as they are. */
  static int littleI32(byte[] buffer, int at) {
    return Integer.reverseBytes(i32(buffer, at));
  }
}
