package dev.forensics.indexer.capture;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Decompresses zstd (RFC 8878), any number of frames, skippable ones passed over. Goes on when the
 * file grows, even inside a frame. The window is bounded by the library's own default of 128 MiB.
 * Where a frame is corrupt, up to one buffer of bytes before the fault may be lost.
 */
final class ZstdBytes extends DecompressedBytes {
  private static final int BUFFER_BYTES = 128 * 1024;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private boolean betweenFrames = true;
  private boolean moreWaits;

  ZstdBytes(FileBytes file) {
    super(file);
  }

  @Override
  int decompress(byte[] into, int offset, int length) throws IOException {
    while (!plain.hasRemaining()) {
      if (!moreWaits && !compressed.hasRemaining() && !feed()) {
        return 0;
      }
      decompressSome();
    }
    int count = Math.min(length, plain.remaining());
    plain.get(into, offset, count);
    return count;
  }

  private boolean feed() throws IOException {
    if (!have(1)) {
      return false;
    }
    int count = Math.min(inputEnd - inputAt, compressed.capacity());
    compressed.clear();
    compressed.put(input, inputAt, count).flip();
    inputAt += count;
    return true;
  }

  private void decompressSome() throws IOException {
    plain.clear();
    try {
      betweenFrames = context.decompressDirectByteBufferStream(plain, compressed);
    } catch (ZstdException e) {
      plain.limit(0);
      throw corrupt("damaged zstd data (" + e.getMessage() + ")");
    }
    // A full buffer means that the library may hold more, even without further input.
    moreWaits = !plain.hasRemaining() && !betweenFrames;
    plain.flip();
  }

  @Override
  public boolean endsCleanly() {
    return betweenFrames && !compressed.hasRemaining() && inputAt == inputEnd;
  }

  @Override
  void release() {
    context.close();
  }
}
