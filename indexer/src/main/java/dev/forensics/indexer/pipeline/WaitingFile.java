package dev.forensics.indexer.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Documents that wait and for which there is no room in memory. They lie in a file of the temporary
 * folder that has no name any more, so nobody else reads it and nothing is left of it when the
 * process ends. Not thread-safe.
 */
final class WaitingFile {
  private FileChannel file;
  private long end;

  /**
   * Keeps a document.
   *
   * @return where it stands, in bytes
   */
  long write(byte[] json) {
    try {
      if (file == null) {
        file = open();
      }
      ByteBuffer bytes = ByteBuffer.wrap(json);
      long at = end;
      while (bytes.hasRemaining()) {
        end += file.write(bytes, end);
      }
      return at;
    } catch (IOException e) {
      throw new UncheckedIOException("documents that wait cannot be kept in a temporary file", e);
    }
  }

  /** Gives a document back. */
  byte[] read(long at, int length) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (file.read(bytes, at + bytes.position()) < 0) {
          throw new IOException("it ends too early");
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw new UncheckedIOException("documents that wait cannot be read again", e);
    }
  }

  /** No document waits in it any more: the disk gets its room back. */
  void clear() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      file = null;
      end = 0;
    }
  }

  private static FileChannel open() throws IOException {
    Path path =
        Files.createTempFile(
            "forensics-waiting-",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }
}
