package dev.forensics.indexer.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Decompresses xz and bzip2 through the streams of their libraries. Those cannot go on once the
 * input has run out, and may swallow bytes before a fault. So after a fault the file is
 * decompressed once more up to the same place and then byte by byte, which gives all there is; and
 * when the file has grown it is decompressed again from its beginning. Tailing such a file costs
 * its whole length at each look: fine for a copy in progress, wrong for a capture written for hours
 * (tools that capture into compressed files write gzip or lz4).
 */
final class StreamBytes extends DecompressedBytes {
  /** The decoder of {@code xz -9} needs 65 MiB; a dictionary may ask for 4 GiB. */
  private static final int XZ_MEMORY_KIB = 72 * 1024;

  private static final int SKIP_BYTES = 64 * 1024;

  /** Opens the library's stream. */
  private interface Opener {
    InputStream open(InputStream raw) throws IOException;
  }

  private final Opener opener;
  private InputStream stream;
  private boolean inputEnded;
  private boolean byteByByte;
  private boolean clean = true;
  private long sizeAtEnd = -1;

  private StreamBytes(FileBytes file, Opener opener) {
    super(file);
    this.opener = opener;
  }

  static StreamBytes xz(FileBytes file) {
    return new StreamBytes(file, raw -> new XZInputStream(raw, XZ_MEMORY_KIB));
  }

  static StreamBytes bzip2(FileBytes file) {
    return new StreamBytes(file, raw -> new BZip2CompressorInputStream(raw, true));
  }

  @Override
  int decompress(byte[] into, int offset, int length) throws IOException {
    if (sizeAtEnd >= 0) {
      if (file.size() == sizeAtEnd) {
        return 0;
      }
      reopen(false);
    }
    try {
      int count = stream(into, offset, length);
      return count > 0 ? count : end(true);
    } catch (IOException | RuntimeException e) {
      return afterFault(e, into, offset, length);
    }
  }

  private int stream(byte[] into, int offset, int length) throws IOException {
    if (stream == null) {
      stream = opener.open(new BufferedInputStream(new Raw(), SKIP_BYTES));
      skipTo(produced());
    }
    return byteByByte ? readSingly(into, offset, length) : stream.read(into, offset, length);
  }

  /** Stops in front of a fault; the next call then meets it with nothing in hand. */
  private int readSingly(byte[] into, int offset, int length) throws IOException {
    for (int count = 0; count < length; count++) {
      int value;
      try {
        value = stream.read();
      } catch (IOException | RuntimeException e) {
        if (count == 0) {
          throw e;
        }
        return count;
      }
      if (value < 0) {
        return count;
      }
      into[offset + count] = (byte) value;
    }
    return length;
  }

  private void skipTo(long position) throws IOException {
    byte[] scratch = new byte[SKIP_BYTES];
    long left = position;
    while (left > 0) {
      int count = stream.read(scratch, 0, (int) Math.min(left, scratch.length));
      if (count <= 0) {
        throw new IOException("the compressed file has changed while it was read");
      }
      left -= count;
    }
  }

  private int afterFault(Exception fault, byte[] into, int offset, int length) throws IOException {
    if (!byteByByte) {
      reopen(true);
      return decompress(into, offset, length);
    }
    if (inputEnded) {
      return end(false);
    }
    throw corrupt("damaged compressed data (" + fault.getMessage() + ")");
  }

  private int end(boolean isClean) throws IOException {
    clean = isClean;
    sizeAtEnd = file.size();
    return 0;
  }

  private void reopen(boolean singly) {
    byteByByte = singly;
    sizeAtEnd = -1;
    inputEnded = false;
    clean = true;
    stream = null;
    file.seek(0);
  }

  @Override
  public boolean endsCleanly() {
    return clean;
  }

  @Override
  void release() {
    stream = null;
  }

  /** The compressed file; remembers that its end was met. Never closes it. */
  private final class Raw extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = length == 0 ? 0 : file.read(into, offset, length);
      if (count == 0 && length > 0) {
        inputEnded = true;
        return -1;
      }
      return count;
    }
  }
}
