package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks through the evidence folder and removes files, oldest first. */
final class EvidencePruning {
  private final Path root;
  private final DiskUse disk;
  private final List<Stored> files = new ArrayList<>();
  private long bytes;

  private record Stored(Path packets, long bytes, Instant storedAt) {}

  /**
   * What is in the folder.
   *
   * @param files stored alarms
   * @param bytes that they take on disk
   * @param oldest when the file was stored that goes first; the far past when there is none
   */
  record Stock(long files, long bytes, Instant oldest) {
    Stock plus(long moreFiles, long moreBytes) {
      return new Stock(files + moreFiles, bytes + moreBytes, oldest);
    }
  }

  EvidencePruning(Path root, DiskUse disk) {
    this.root = root;
    this.disk = disk;
  }

  /** Removes the leftovers of a crash. */
  static int clear(Path root) throws IOException {
    int leftovers = 0;
    for (Path folder : folders(root)) {
      leftovers += EvidenceRecovery.clear(folder);
    }
    return leftovers;
  }

  /**
   * Removes files and what belongs to them.
   *
   * @param before files stored earlier than this go
   * @param mostBytes further ones go while all together take more bytes on disk
   * @param mostAlarms further ones go while there are more
   * @return how many went
   */
  long prune(Instant before, long mostBytes, long mostAlarms) throws IOException {
    for (Path folder : folders(root)) {
      list(folder);
    }
    files.sort(Comparator.comparing(Stored::storedAt).thenComparing(Stored::packets));
    int removed = 0;
    while (removed < files.size()
        && (isOld(removed, before) || bytes > mostBytes || files.size() - removed > mostAlarms)) {
      remove(files.get(removed++));
    }
    files.subList(0, removed).clear();
    return removed;
  }

  private boolean isOld(int index, Instant before) {
    return files.get(index).storedAt().isBefore(before);
  }

  /** What was left. */
  Stock left() {
    return new Stock(files.size(), bytes, files.isEmpty() ? Instant.MIN : files.get(0).storedAt());
  }

  private void remove(Stored stored) throws IOException {
    Files.deleteIfExists(stored.packets());
    Files.deleteIfExists(EvidenceFolder.label(stored.packets()));
    bytes -= stored.bytes();
  }

  /** The sub-folders that hold files: of alarms, and of links. */
  private static List<Path> folders(Path root) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(root)) {
      subFolders(root, folders);
    }
    if (Files.isDirectory(root.resolve(EvidenceFolder.FLOWS))) {
      subFolders(root.resolve(EvidenceFolder.FLOWS), folders);
    }
    return folders;
  }

  private static void subFolders(Path parent, List<Path> into) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "[0-9a-f][0-9a-f]")) {
      for (Path folder : found) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          into.add(folder);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    }
  }

  private void list(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(found::add);
    }
    for (Path path : found) {
      if (path.getFileName().toString().endsWith(EvidenceFolder.PACKETS)) {
        look(path);
      } else if (isOrphan(path)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** A label whose packets are gone; a crash in between leaves one. */
  private static boolean isOrphan(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(EvidenceFolder.LABEL)
        && !name.startsWith(EvidenceRecovery.NEW)
        && !Files.exists(
            path.resolveSibling(name.substring(0, name.length() - ".sha256".length())));
  }

  private void look(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      if (!Files.exists(path)) {
        Files.deleteIfExists(path);
      }
      return;
    }
    try {
      BasicFileAttributes is =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (is.isRegularFile() && !path.getFileName().toString().startsWith(".")) {
        long taken = disk.ofAlarm(is.size(), EvidenceFolder.label(path));
        files.add(new Stored(path, taken, is.lastModifiedTime().toInstant()));
        bytes += taken;
      }
    } catch (NoSuchFileException e) {
      // Somebody removed it meanwhile, which is what may happen to it here, too.
      return;
    }
  }
}
