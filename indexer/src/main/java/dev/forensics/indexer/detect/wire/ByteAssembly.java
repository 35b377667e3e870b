package dev.forensics.indexer.detect.wire;

/**
 * Collects the bytes of one message that comes in pieces, up to a cap; what comes after is counted
 * and dropped. Allocates on first use and grows by doubling.
 */
public final class ByteAssembly {
  private static final byte[] NOTHING = new byte[0];

  private final int capacity;
  private byte[] bytes = NOTHING;
  private int length;

  /**
   * Makes an empty assembly.
   *
   * @param capacity in bytes, the most that is kept
   */
  public ByteAssembly(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds bytes as far as the capacity goes.
   *
   * @return how many were taken
   */
  public int add(byte[] buffer, int offset, int count) {
    int taken = Math.min(count, capacity - length);
    if (taken <= 0) {
      return 0;
    }
    if (length + taken > bytes.length) {
      int size = Math.max(length + taken, Math.min(capacity, Math.max(64, bytes.length * 2)));
      bytes = java.util.Arrays.copyOf(bytes, size);
    }
    System.arraycopy(buffer, offset, bytes, length, taken);
    length += taken;
    return taken;
  }

  /** The collected bytes, from 0 to {@link #length()}; valid until the next call of add. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes are kept. */
  public int length() {
    return length;
  }

  /** True when no more fits. */
  public boolean full() {
    return length == capacity;
  }

  /** Drops the first bytes and moves the rest to the front. */
  public void drop(int count) {
    System.arraycopy(bytes, count, bytes, 0, length - count);
    length -= count;
  }

  /** Forgets the bytes, keeps the memory. */
  public void clear() {
    length = 0;
  }

  /** Forgets the bytes and gives the memory back. */
  public void release() {
    bytes = NOTHING;
    length = 0;
  }
}
