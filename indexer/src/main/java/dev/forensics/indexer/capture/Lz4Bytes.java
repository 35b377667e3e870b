package dev.forensics.indexer.capture;

import java.io.IOException;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Decompresses the LZ4 frame format (version 1.6), any number of frames, with independent or linked
 * blocks; checksums are verified. Goes on when the file grows, at the next whole block.
 *
 * <p>Frame: magic, flags, block size, content size where flagged, header checksum; then blocks of a
 * length (top bit: stored) and data, a length of 0 at the end, and a content checksum where
 * flagged.
 */
final class Lz4Bytes extends DecompressedBytes {
  private enum Stage {
    HEADER,
    BLOCK,
    CHECKSUM
  }

  private static final int MAGIC = 0x184D2204;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int HISTORY = 64 * 1024;
  private static final int STORED = 0x8000_0000;
  private static final int CONTENT_SIZE_BYTES = 8;

  private static final int FLAG_DICTIONARY = 1;
  private static final int FLAG_CONTENT_CHECKSUM = 4;
  private static final int FLAG_CONTENT_SIZE = 8;
  private static final int FLAG_BLOCK_CHECKSUM = 16;

  private final XXHash32 hash = XXHashFactory.fastestJavaInstance().hash32();
  private final StreamingXXHash32 content =
      XXHashFactory.fastestJavaInstance().newStreamingHash32(0);
  private Stage stage = Stage.HEADER;
  private int flags;
  private int blockBytes;
  private long skipLeft;

  /** The last 64 KiB given, then the block that is being given out. */
  private byte[] output = new byte[0];

  private int outputAt;
  private int outputEnd;

  Lz4Bytes(FileBytes file) {
    super(file);
  }

  @Override
  int decompress(byte[] into, int offset, int length) throws IOException {
    while (outputAt == outputEnd) {
      boolean advanced =
          switch (stage) {
            case HEADER -> readHeader();
            case BLOCK -> readBlock();
            case CHECKSUM -> readContentChecksum();
          };
      if (!advanced) {
        return 0;
      }
    }
    int count = Math.min(length, outputEnd - outputAt);
    System.arraycopy(output, outputAt, into, offset, count);
    outputAt += count;
    return count;
  }

  private boolean readHeader() throws IOException {
    if (!finishSkip() || !have(8)) {
      return false;
    }
    int magic = ByteOrders.int32(input, inputAt, false);
    if ((magic & ~0xF) == SKIPPABLE) {
      skipLeft = ByteOrders.int32(input, inputAt + 4, false) & 0xFFFF_FFFFL;
      inputAt += 8;
      return true;
    }
    if (magic != MAGIC) {
      throw corrupt("no lz4 frame where one should begin");
    }
    flags = input[inputAt + 4] & 0xFF;
    int described = 2 + ((flags & FLAG_CONTENT_SIZE) == 0 ? 0 : CONTENT_SIZE_BYTES);
    if (!have(4 + described + 1)) {
      return false;
    }
    checkHeader(described);
    beginFrame((input[inputAt + 5] >>> 4) & 7);
    inputAt += 4 + described + 1;
    return true;
  }

  private boolean finishSkip() throws IOException {
    while (skipLeft > 0 && have(1)) {
      int step = (int) Math.min(skipLeft, inputEnd - inputAt);
      inputAt += step;
      skipLeft -= step;
    }
    return skipLeft == 0;
  }

  private void checkHeader(int described) throws IOException {
    int expected = input[inputAt + 4 + described] & 0xFF;
    boolean right = (hash.hash(input, inputAt + 4, described, 0) >>> 8 & 0xFF) == expected;
    if (!right || flags >>> 6 != 1) {
      throw corrupt("damaged lz4 frame header");
    }
    if ((flags & FLAG_DICTIONARY) != 0) {
      throw corrupt("lz4 frame made with a dictionary");
    }
  }

  /** Block sizes 4..7 mean 64 KiB, 256 KiB, 1 MiB and 4 MiB. */
  private void beginFrame(int sizeCode) throws IOException {
    if (sizeCode < 4) {
      throw corrupt("unknown lz4 block size");
    }
    blockBytes = 1 << (2 * sizeCode + 8);
    output = new byte[HISTORY + blockBytes];
    outputAt = 0;
    outputEnd = 0;
    content.reset();
    stage = Stage.BLOCK;
  }

  private boolean readBlock() throws IOException {
    if (!have(4)) {
      return false;
    }
    int word = ByteOrders.int32(input, inputAt, false);
    if (word == 0) {
      inputAt += 4;
      stage = Stage.CHECKSUM;
      return true;
    }
    int length = word & ~STORED;
    if (length > blockBytes) {
      throw corrupt("lz4 block of %d bytes, more than its frame allows".formatted(length));
    }
    int checksum = (flags & FLAG_BLOCK_CHECKSUM) == 0 ? 0 : 4;
    if (!have(4 + length + checksum)) {
      return false;
    }
    int data = inputAt + 4;
    if (checksum != 0
        && hash.hash(input, data, length, 0) != ByteOrders.int32(input, data + length, false)) {
      throw corrupt("checksum of an lz4 block is wrong");
    }
    decode(data, length, (word & STORED) != 0);
    inputAt += 4 + length + checksum;
    return true;
  }

  private void decode(int data, int length, boolean stored) throws IOException {
    keepHistory();
    int end;
    if (stored) {
      System.arraycopy(input, data, output, outputAt, length);
      end = outputAt + length;
    } else {
      end = Lz4Block.decode(input, data, data + length, output, outputAt, outputAt + blockBytes);
    }
    if (end < 0) {
      throw corrupt("damaged lz4 block");
    }
    outputEnd = end;
    content.update(output, outputAt, end - outputAt);
  }

  private void keepHistory() {
    int kept = Math.min(HISTORY, outputEnd);
    System.arraycopy(output, outputEnd - kept, output, 0, kept);
    outputAt = kept;
    outputEnd = kept;
  }

  private boolean readContentChecksum() throws IOException {
    if ((flags & FLAG_CONTENT_CHECKSUM) != 0) {
      if (!have(4)) {
        return false;
      }
      if (ByteOrders.int32(input, inputAt, false) != content.getValue()) {
        throw corrupt("checksum of an lz4 frame is wrong");
      }
      inputAt += 4;
    }
    stage = Stage.HEADER;
    return true;
  }

  @Override
  public boolean endsCleanly() {
    return stage == Stage.HEADER && skipLeft == 0 && inputAt == inputEnd;
  }

  @Override
  void release() {
    content.close();
    output = new byte[0];
  }
}
