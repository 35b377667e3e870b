package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one prefix in one folder: makes the next one and deletes the oldest ones. Files of
 * an earlier run belong to the ring, so a restart does not leave them behind. Not thread-safe.
 */
final class FileRing {
  private static final Logger LOG = LoggerFactory.getLogger(FileRing.class);

  private final Path folder;
  private final String prefix;
  private final int files;
  private final ArrayDeque<RingName> names = new ArrayDeque<>();
  private RingName last;

  /**
   * @param folder made when missing
   * @param files how many are kept, the newest included; 0 for all
   */
  FileRing(Path folder, String prefix, int files) throws IOException {
    this.folder = folder;
    this.prefix = prefix;
    this.files = files;
    Files.createDirectories(folder);
    try (Stream<Path> found = Files.list(folder)) {
      found
          .map(file -> RingName.parse(prefix, String.valueOf(file.getFileName())))
          .flatMap(Optional::stream)
          .sorted()
          .forEach(names::add);
    }
    last = names.peekLast();
  }

  /**
   * Makes the next file, empty, readable for owner and group, after the oldest ones have made room
   * for it. A file that is there is never overwritten.
   */
  Path create(Instant now) throws IOException {
    deleteOldest();
    RingName name = last == null ? RingName.first(prefix, now) : last.next(now);
    Path file = Files.createFile(folder.resolve(name.fileName()), permissions());
    names.add(name);
    last = name;
    return file;
  }

  /** One that resists is told and left. */
  private void deleteOldest() {
    while (files > 0 && names.size() >= files) {
      Path oldest = folder.resolve(names.removeFirst().fileName());
      try {
        Files.deleteIfExists(oldest);
      } catch (IOException e) {
        LOG.warn("file={} cannot be deleted from the ring: {}", oldest, e.toString());
      }
    }
  }

  private static FileAttribute<?>[] permissions() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
    };
  }
}
