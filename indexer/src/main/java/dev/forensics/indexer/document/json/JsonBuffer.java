package dev.forensics.indexer.document.json;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of the document in the making; grows to the largest one and is then reused. */
final class JsonBuffer extends OutputStream {
  private byte[] bytes;
  private int length;

  JsonBuffer(int initialCapacity) {
    bytes = new byte[initialCapacity];
  }

  @Override
  public void write(int value) {
    ensureRoom(1);
    bytes[length++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    ensureRoom(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void reset() {
    length = 0;
  }

  int length() {
    return length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensureRoom(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
