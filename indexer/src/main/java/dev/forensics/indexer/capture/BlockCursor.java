package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A window of a capture's bytes in a block of a {@link BlockPool}. Bytes between {@link #cursor}
 * and {@link #limit} are unread. Bytes before the cursor are never moved or written again, so
 * records already handed out stay valid; when a block is full, the unread rest is copied to a new
 * one and the old block is retired.
 *
 * <p>The fields are open to the readers of this package, since they are touched for every record.
 */
final class BlockCursor implements Closeable {
  /** Block size for reading through a capture: small enough for the processor's cache. */
  static final int READ_BYTES = 512 * 1024;

  /**
   * Read size for single records: most records in one read, little more than needed. Grows to
   * {@link #READ_BYTES} while reading goes on without a jump.
   */
  static final int FETCH_BYTES = 16 * 1024;

  private static final byte[] NONE = new byte[0];

  byte[] block = NONE;
  int cursor;
  int limit;

  /** Position of {@code block[0]}, in bytes of the capture. */
  long base;

  private final Path path;
  private final ByteSource source;
  private final BlockPool blocks;
  private final int leastReadBytes;
  private int readBytes;

  /**
   * @param path named in errors
   * @param readBytes bytes asked of the source at a time, at first and after each jump; also the
   *     least block size
   */
  BlockCursor(Path path, ByteSource source, BlockPool blocks, int readBytes) {
    this.path = path;
    this.source = source;
    this.blocks = blocks;
    this.readBytes = readBytes;
    leastReadBytes = readBytes;
  }

  /**
   * Makes bytes available from the cursor on; {@link #block} and {@link #cursor} may change.
   *
   * @return false when so many bytes are not there now
   */
  boolean require(int bytes) throws CaptureException {
    if (limit - cursor >= bytes) {
      return true;
    }
    makeRoom(bytes);
    while (limit - cursor < bytes) {
      if (!readMore(bytes)) {
        return false;
      }
    }
    return true;
  }

  private void makeRoom(int bytes) {
    boolean fits = block.length - cursor >= bytes;
    boolean worthReading = block.length - limit >= readBytes / 8;
    if (!fits || !worthReading) {
      if (block.length > 0) {
        readBytes = Math.min(2 * readBytes, READ_BYTES);
      }
      moveToNewBlock(bytes);
    }
  }

  private void moveToNewBlock(int bytes) {
    // twice the room for much that is wanted at once, so that it is seldom moved
    byte[] next = blocks.take(bytes > readBytes ? 2 * bytes : readBytes);
    int unread = limit - cursor;
    System.arraycopy(block, cursor, next, 0, unread);
    giveBack();
    block = next;
    base += cursor;
    cursor = 0;
    limit = unread;
  }

  private boolean readMore(int bytes) throws CaptureException {
    int missing = bytes - (limit - cursor);
    int length = Math.min(block.length - limit, Math.max(missing, readBytes));
    try {
      int count = source.read(block, limit, length);
      limit += count;
      return count > 0;
    } catch (IOException e) {
      throw new CaptureException(path, base + limit, reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /**
   * Moves over bytes without keeping them.
   *
   * @return bytes still to be skipped because they are not there now
   */
  long discard(long bytes) throws CaptureException {
    long left = bytes;
    while (left > 0 && require(1)) {
      int step = (int) Math.min(left, limit - cursor);
      cursor += step;
      left -= step;
    }
    return left;
  }

  /** Goes to a place of the capture; outside the block only when the source is seekable. */
  void seek(long position) {
    if (position >= base && position <= base + limit) {
      cursor = (int) (position - base);
      return;
    }
    giveBack();
    readBytes = leastReadBytes;
    block = NONE;
    cursor = 0;
    limit = 0;
    base = position;
    source.seek(position);
  }

  /**
   * Forgets the unread bytes so that they are read again: the place was not written yet. Does
   * nothing on compressed captures, where written bytes do not change.
   */
  void forgetUnread() {
    if (source.seekable()) {
      limit = cursor;
      source.seek(position());
    }
  }

  /** Place of the cursor, in bytes of the capture. */
  long position() {
    return base + cursor;
  }

  /** Unread bytes that are known to be there; 1 when the compression says that some are missing. */
  long unread() {
    int unread = limit - cursor;
    return unread == 0 && !source.endsCleanly() ? 1 : unread;
  }

  boolean seekable() {
    return source.seekable();
  }

  /** The exception for a fault at a place of this capture. */
  CaptureException fault(long position, String problem) {
    return new CaptureException(path, position, problem);
  }

  /** The exception for something that stands in a record's place. */
  DamagedRecordException damage(long position, String problem) {
    return new DamagedRecordException(path, position, problem);
  }

  private void giveBack() {
    if (block.length > 0) {
      blocks.retire(block);
    }
  }

  @Override
  public void close() throws IOException {
    giveBack();
    block = NONE;
    base += cursor;
    cursor = 0;
    limit = 0;
    source.close();
  }
}
