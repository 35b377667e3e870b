package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a file as they lie on disk. Read-only, by position, so that a file may grow
 * meanwhile.
 *
 * <p>Ring buffers write a new capture under an old name. A renamed or deleted file stays readable
 * through the open descriptor, but one that is truncated and written anew in place would give the
 * middle of another capture. So the first bytes are kept and compared after each read: what was
 * read before an unchanged beginning belongs to the same capture, since a new one starts there.
 * Network file systems write pages in any order, so zeros in the beginning may become other bytes.
 */
final class FileBytes implements ByteSource {
  /** Long enough to hold the first packet of nearly every capture, which is never the same. */
  private static final int HEAD_BYTES = 4096;

  /**
   * Bytes 16..23 may change in place: a pcapng writer may fill in the section length at its end. In
   * pcap they hold snap length and link type, which tell captures apart least of all.
   */
  private static final int UNSTABLE_FROM = 16;

  private static final int UNSTABLE_TO = 24;

  private final RetriedFile file;
  private final boolean shared;
  private final ByteBuffer probe = ByteBuffer.allocate(HEAD_BYTES);
  private byte[] head = new byte[0];
  private long position;

  FileBytes(Path path) throws IOException {
    this(RetriedFile.of(path), false);
  }

  FileBytes(RetriedFile file, boolean shared) {
    this.file = file;
    this.shared = shared;
  }

  /** The same open file from its beginning; closing it leaves this one open. */
  FileBytes again() {
    FileBytes other = new FileBytes(file, true);
    other.head = head;
    return other;
  }

  /** Bytes read or skipped so far: the place in the file. */
  long position() {
    return position;
  }

  /** Length of the file now, in bytes. */
  long size() throws IOException {
    return file.size();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = file.read(ByteBuffer.wrap(into, offset, length), position);
    verifySameFile();
    if (count <= 0) {
      return 0;
    }
    position += count;
    return count;
  }

  private void verifySameFile() throws IOException {
    if (file.size() < position) {
      throw new IOException("the file has become shorter while it was read");
    }
    probe.clear();
    int count = Math.max(file.read(probe, 0), 0);
    byte[] now = probe.array();
    if (count < head.length || differs(now)) {
      throw new IOException("the file was replaced by another one while it was read");
    }
    if (count > head.length) {
      head = Arrays.copyOf(now, withoutZeros(now, count));
    }
  }

  /** Zeros at the end may be space that is written later. */
  private static int withoutZeros(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private boolean differs(byte[] now) {
    return !isFilled(now, 0, Math.min(head.length, UNSTABLE_FROM))
        || !isFilled(now, Math.min(head.length, UNSTABLE_TO), head.length);
  }

  /** Zeros may be a hole that is filled now; any other byte stays as it was. */
  private boolean isFilled(byte[] now, int from, int to) {
    int at = from;
    while (at < to) {
      int same = Arrays.mismatch(head, at, to, now, at, to);
      if (same < 0) {
        return true;
      }
      at += same;
      if (head[at] != 0) {
        return false;
      }
      head[at] = now[at];
      at++;
    }
    return true;
  }

  @Override
  public boolean endsCleanly() {
    return true;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void seek(long newPosition) {
    position = newPosition;
  }

  @Override
  public void close() throws IOException {
    if (!shared) {
      file.close();
    }
  }
}
