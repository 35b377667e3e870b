package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.HexFormat;

/**
 * How a capture file is compressed, told by its first bytes and never by its name.
 *
 * <p>Bounds: a zstd window of 128 MiB (what the zstd tool takes without {@code --long=31}); 72 MiB
 * for xz (its -9 needs 65); lz4 blocks of 4 MiB. What comes out may be at most {@link
 * DecompressedBytes#FREE_BYTES} and {@link DecompressedBytes#MOST_RATIO} times what went in: past
 * that the file counts as a decompression bomb.
 */
public enum Compression {
  /** Not compressed. */
  NONE(""),
  /** RFC 1952, any number of members. */
  GZIP("1f8b08"),
  /** RFC 8878, any number of frames. */
  ZSTD("28b52ffd"),
  /** LZ4 frame format 1.6, any number of frames. */
  LZ4("04224d18"),
  /** The .xz file format 1.2, any number of streams. */
  XZ("fd377a585a00"),
  /** bzip2, any number of streams. */
  BZIP2("425a68");

  /** Longest magic number, in bytes. */
  static final int MAGIC_BYTES = 6;

  /** In hexadecimal. */
  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /** The compression whose magic number these bytes start with, {@link #NONE} when none does. */
  static Compression of(byte[] bytes, int length) {
    String start = HexFormat.of().formatHex(bytes, 0, Math.min(length, MAGIC_BYTES));
    for (Compression one : values()) {
      if (one != NONE && start.startsWith(one.magic)) {
        return one;
      }
    }
    return startsWithSkippableFrame(bytes, length) ? ZSTD : NONE;
  }

  /** True when the bytes may still become a magic number once there are more. */
  static boolean mayBecome(byte[] bytes, int length) {
    String start = HexFormat.of().formatHex(bytes, 0, Math.min(length, MAGIC_BYTES));
    for (Compression one : values()) {
      if (one.magic.length() > start.length() && one.magic.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** Parallel zstd compressors put a frame of their own first (RFC 8878 section 3.1.2). */
  private static boolean startsWithSkippableFrame(byte[] bytes, int length) {
    return length >= 4 && (ByteOrders.int32(bytes, 0, false) & ~0xF) == 0x184D2A50;
  }

  /** The uncompressed bytes of a file; closing them closes the file. */
  ByteSource over(FileBytes file) throws IOException {
    return switch (this) {
      case NONE -> file;
      case GZIP -> new GzipBytes(file);
      case ZSTD -> new ZstdBytes(file);
      case LZ4 -> new Lz4Bytes(file);
      case XZ -> StreamBytes.xz(file);
      case BZIP2 -> StreamBytes.bzip2(file);
    };
  }
}
