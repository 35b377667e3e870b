package dev.forensics.indexer.capture;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Compresses with the libraries' own writers. */
final class TestCompression {
  private TestCompression() {}

  private interface Writer {
    OutputStream over(OutputStream out) throws IOException;
  }

  static byte[] compress(Compression compression, byte[] plain) {
    return switch (compression) {
      case NONE -> plain.clone();
      case GZIP -> through(GZIPOutputStream::new, plain);
      case ZSTD -> through(out -> new ZstdOutputStream(out).setChecksum(true), plain);
      case LZ4 -> through(TestCompression::smallBlocks, plain);
      case XZ -> through(out -> new XZOutputStream(out, new LZMA2Options(0)), plain);
      case BZIP2 -> through(out -> new BZip2CompressorOutputStream(out, 1), plain);
    };
  }

  private static OutputStream smallBlocks(OutputStream out) throws IOException {
    return new LZ4FrameOutputStream(
        out,
        LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
        LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
        LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM);
  }

  /** An LZ4 frame whose blocks refer to the blocks before them. */
  static byte[] linkedLz4(byte[] plain) {
    FramedLZ4CompressorOutputStream.Parameters linked =
        new FramedLZ4CompressorOutputStream.Parameters(
            BlockSize.K64,
            true,
            true,
            true,
            BlockLZ4CompressorOutputStream.createParameterBuilder().build());
    return through(out -> new FramedLZ4CompressorOutputStream(out, linked), plain);
  }

  /** The capture in two parts, each compressed on its own, one behind the other. */
  static byte[] inTwoParts(Compression compression, byte[] plain) {
    int middle = plain.length / 2;
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(compress(compression, java.util.Arrays.copyOf(plain, middle)));
    both.writeBytes(
        compress(compression, java.util.Arrays.copyOfRange(plain, middle, plain.length)));
    return both.toByteArray();
  }

  private static byte[] through(Writer writer, byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = writer.over(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
