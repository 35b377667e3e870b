package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.Arrays;

/**
 * Common part of the decompressors: compressed input in a buffer, the bound on what may come out,
 * and failures that stay. A subclass keeps its state when the input runs out, so that it goes on
 * when the file has grown.
 */
abstract class DecompressedBytes implements ByteSource {
  /** What any file may give, however small it is: 1 GiB. */
  static final long FREE_BYTES = 1L << 30;

  /** Bytes out for a byte in, past {@link #FREE_BYTES}; above deflate's own limit of 1032. */
  static final int MOST_RATIO = 1100;

  private static final int INPUT_BYTES = 64 * 1024;

  final FileBytes file;

  /** Compressed bytes; those from inputAt to inputEnd are unused yet. */
  byte[] input = new byte[INPUT_BYTES];

  int inputAt;
  int inputEnd;

  private long produced;
  private long consumed;
  private IOException failure;

  DecompressedBytes(FileBytes file) {
    this.file = file;
  }

  /**
   * Gives decompressed bytes.
   *
   * @return bytes stored; 0 when the input has run out
   * @throws IOException when the input is corrupt and everything before it has been given
   */
  abstract int decompress(byte[] into, int offset, int length) throws IOException;

  /** Frees what the decompressor holds outside the heap. */
  abstract void release();

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    try {
      int count = decompress(into, offset, length);
      produced += count;
      checkRatio();
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void checkRatio() throws IOException {
    // A decompressor that starts again must not seem to have read less.
    consumed = Math.max(consumed, file.position());
    if (produced - FREE_BYTES > consumed * MOST_RATIO) {
      throw new IOException(
          "%d bytes came out of %d compressed ones: refused as a decompression bomb"
              .formatted(produced, consumed));
    }
  }

  /** Uncompressed bytes given so far. */
  long produced() {
    return produced;
  }

  /**
   * Makes unused input available.
   *
   * @param bytes how many, at most a few MiB
   * @return false when the file does not have so many now
   */
  boolean have(int bytes) throws IOException {
    if (inputEnd - inputAt >= bytes) {
      return true;
    }
    makeRoom(bytes);
    while (inputEnd - inputAt < bytes) {
      int count = file.read(input, inputEnd, input.length - inputEnd);
      if (count == 0) {
        return false;
      }
      inputEnd += count;
    }
    return true;
  }

  private void makeRoom(int bytes) {
    int unused = inputEnd - inputAt;
    byte[] target = bytes > input.length ? new byte[bytes + INPUT_BYTES] : input;
    System.arraycopy(input, inputAt, target, 0, unused);
    input = target;
    inputAt = 0;
    inputEnd = unused;
  }

  /** True when so many unused bytes are all zero. */
  boolean zeros(int bytes) {
    for (int i = inputAt; i < inputAt + bytes; i++) {
      if (input[i] != 0) {
        return false;
      }
    }
    return true;
  }

  IOException corrupt(String problem) {
    long place = file.position() - (inputEnd - inputAt);
    return new IOException("%s, near byte %d of the compressed file".formatted(problem, place));
  }

  @Override
  public final boolean seekable() {
    return false;
  }

  @Override
  public final void seek(long position) {
    throw new UnsupportedOperationException("compressed captures are read in order");
  }

  @Override
  public final void close() throws IOException {
    release();
    input = Arrays.copyOf(input, 0);
    file.close();
  }
}
