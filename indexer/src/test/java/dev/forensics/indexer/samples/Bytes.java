package dev.forensics.indexer.samples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Collects bytes: big endian numbers, little endian ones where the name says so, text, blocks. */
final class Bytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Bytes u8(int value) {
    bytes.write(value);
    return this;
  }

  Bytes u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  Bytes u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  Bytes littleEndian32(int value) {
    return u32(Integer.reverseBytes(value));
  }

  Bytes littleEndian64(long value) {
    return littleEndian32((int) value).littleEndian32((int) (value >>> 32));
  }

  Bytes text(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Bytes raw(byte... more) {
    bytes.writeBytes(more);
    return this;
  }

  /** What the content writes, behind its length in a number of this many bytes. */
  Bytes block(int lengthBytes, Consumer<Bytes> content) {
    Bytes inside = new Bytes();
    content.accept(inside);
    byte[] block = inside.toArray();
    for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
      u8(block.length >>> shift);
    }
    return raw(block);
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
