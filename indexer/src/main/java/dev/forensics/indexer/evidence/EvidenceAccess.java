package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner and group may read: packets hold what people wrote. */
final class EvidenceAccess {
  private static final Set<OpenOption> REPLACE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private EvidenceAccess() {}

  static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, "rwxr-x---"));
  }

  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, REPLACE, attributes(file, "rw-r-----"));
  }

  /** Makes the names in a folder durable, where the system can. */
  static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some file systems cannot; they order names by themselves or not at all.
      return;
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String rights) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
