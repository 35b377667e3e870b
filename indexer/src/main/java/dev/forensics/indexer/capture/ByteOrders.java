package dev.forensics.indexer.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in byte arrays at any offset, read without a wrapper object. */
final class ByteOrders {
  static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteOrders() {}

  /** A 32-bit value in the given order. */
  static int int32(byte[] bytes, int at, boolean bigEndian) {
    int value = (int) LITTLE_INT.get(bytes, at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  /** A 16-bit value in the given order, 0..65535. */
  static int uint16(byte[] bytes, int at, boolean bigEndian) {
    short value = (short) LITTLE_SHORT.get(bytes, at);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xFFFF;
  }

  /** A 64-bit value in the given order. */
  static long int64(byte[] bytes, int at, boolean bigEndian) {
    long value = (long) LITTLE_LONG.get(bytes, at);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  static void putInt32(byte[] bytes, int at, int value) {
    LITTLE_INT.set(bytes, at, value);
  }

  static void putInt16(byte[] bytes, int at, int value) {
    LITTLE_SHORT.set(bytes, at, (short) value);
  }
}
