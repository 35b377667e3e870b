package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), any number of members one after the other, as {@code cat} and
 * capturing tools make them. Goes on when the file grows, even inside a member. Zeros behind the
 * last member are passed over, as gzip does.
 */
final class GzipBytes extends DecompressedBytes {
  private enum Stage {
    HEADER,
    BODY,
    TRAILER
  }

  private static final int FIXED_HEADER = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int DEFLATE = 8;

  /** Longest header: 64 KiB for an extra field and 64 KiB for a name and a comment together. */
  private static final int MAX_HEADER = 128 * 1024;

  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private Stage stage = Stage.HEADER;
  private DataFormatException pending;

  GzipBytes(FileBytes file) {
    super(file);
  }

  @Override
  int decompress(byte[] into, int offset, int length) throws IOException {
    while (true) {
      switch (stage) {
        case HEADER -> {
          if (!readHeader()) {
            return 0;
          }
        }
        case BODY -> {
          int count = inflate(into, offset, length);
          if (count > 0 || stage == Stage.BODY) {
            return count;
          }
        }
        case TRAILER -> {
          if (!readTrailer()) {
            return 0;
          }
        }
      }
    }
  }

  /** False when the header is not complete, or when no further member follows. */
  private boolean readHeader() throws IOException {
    while (have(1) && input[inputAt] == 0) {
      inputAt++;
    }
    int length = headerLength();
    if (length < 0) {
      return false;
    }
    inputAt += length;
    inflater.reset();
    crc.reset();
    stage = Stage.BODY;
    return true;
  }

  /** Length of the member's header, -1 when it is not complete yet. */
  private int headerLength() throws IOException {
    if (!have(FIXED_HEADER)) {
      return -1;
    }
    boolean magic = (input[inputAt] & 0xFF) == 0x1F && (input[inputAt + 1] & 0xFF) == 0x8B;
    if (!magic || input[inputAt + 2] != DEFLATE) {
      throw corrupt("no gzip member where one should begin");
    }
    int flags = input[inputAt + 3];
    int length = FIXED_HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      if (!have(length + 2)) {
        return -1;
      }
      length += 2 + ByteOrders.uint16(input, inputAt + length, false);
    }
    if ((flags & HAS_NAME) != 0) {
      length = pastZero(length);
    }
    if ((flags & HAS_COMMENT) != 0) {
      length = pastZero(length);
    }
    if (length > 0 && (flags & HAS_HEADER_CRC) != 0) {
      length += 2;
    }
    return length > 0 && have(length) ? length : -1;
  }

  /** Offset behind the next zero byte from an offset on; -1 when there is none yet. */
  private int pastZero(int from) throws IOException {
    if (from < 0) {
      return -1;
    }
    for (int at = from; at <= MAX_HEADER; at++) {
      if (!have(at + 1)) {
        return -1;
      }
      if (input[inputAt + at] == 0) {
        return at + 1;
      }
    }
    throw corrupt("gzip header longer than %d bytes".formatted(MAX_HEADER));
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    if (pending != null) {
      throw corrupt("damaged gzip data (" + pending.getMessage() + ")");
    }
    while (true) {
      int count = inflateSome(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
      }
      if (inflater.finished()) {
        inputAt = inputEnd - inflater.getRemaining();
        stage = Stage.TRAILER;
      } else if (inflater.needsDictionary()) {
        throw corrupt("damaged gzip data (asks for a dictionary)");
      }
      if (count > 0 || stage != Stage.BODY) {
        return count;
      }
      if (pending != null) {
        throw corrupt("damaged gzip data (" + pending.getMessage() + ")");
      }
      if (inflater.needsInput() && !feed()) {
        return 0;
      }
    }
  }

  /** What was inflated before a fault is given first; the fault is kept for the next call. */
  private int inflateSome(byte[] into, int offset, int length) {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      pending = e;
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  private boolean feed() throws IOException {
    if (!have(1)) {
      return false;
    }
    inflater.setInput(input, inputAt, inputEnd - inputAt);
    inputAt = inputEnd;
    return true;
  }

  private boolean readTrailer() throws IOException {
    if (!have(TRAILER_BYTES)) {
      return false;
    }
    int sum = ByteOrders.int32(input, inputAt, false);
    int length = ByteOrders.int32(input, inputAt + 4, false);
    if (sum != (int) crc.getValue() || length != (int) inflater.getBytesWritten()) {
      throw corrupt("checksum or length of a gzip member is wrong");
    }
    inputAt += TRAILER_BYTES;
    stage = Stage.HEADER;
    return true;
  }

  @Override
  public boolean endsCleanly() {
    return stage == Stage.HEADER && inputAt == inputEnd;
  }

  @Override
  void release() {
    inflater.end();
  }
}
