package dev.forensics.indexer.index.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * The user the node runs as. Elasticsearch refuses to run as root, so a caller who is root starts
 * it under a numeric id of its own that no account uses; any other caller starts it as itself.
 *
 * @param isSwitched true when the node runs under another id than this process
 * @param id user and group id of the node
 */
record NodeUser(boolean isSwitched, int id) {
  /** Inside 0..65535, so that it exists in user namespaces, and in a range no system hands out. */
  private static final int UNPRIVILEGED_ID = 61_000;

  /** The user for a node started by this process. */
  static NodeUser current() {
    long uid = new UnixSystem().getUid();
    return uid == 0 ? new NodeUser(true, UNPRIVILEGED_ID) : new NodeUser(false, (int) uid);
  }

  /** What stands before a command so that it runs as this user. */
  List<String> commandPrefix() {
    if (!isSwitched) {
      return List.of();
    }
    return List.of(
        "setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--inh-caps=-all");
  }

  /** Whether this user can reach and read a path; a missing end of the path is left out. */
  boolean canRead(Path path) throws IOException {
    if (!isSwitched) {
      return true;
    }
    for (Path part = path.toAbsolutePath(); part != null; part = part.getParent()) {
      if (Files.exists(part) && !isOpen(part)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOpen(Path part) throws IOException {
    if (id == (int) Files.getAttribute(part, "unix:uid")) {
      return true;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(part);
    return Files.isDirectory(part)
        ? permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
        : permissions.contains(PosixFilePermission.OTHERS_READ);
  }

  /** Gives a folder and everything in it to this user; links are not followed. */
  void own(Path folder) throws IOException {
    if (isSwitched) {
      Files.walkFileTree(folder, new Chown());
    }
  }

  private final class Chown extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return take(folder);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      return take(file);
    }

    private FileVisitResult take(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }
  }
}
