package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one node: {@code config}, {@code data}, {@code logs} and {@code tmp}, owned by the
 * node's user and closed to everybody else.
 *
 * @param root the folder that holds the four
 * @param isTemporary true when it goes with the node
 */
record NodeFolder(Path root, boolean isTemporary) {
  /** Present in every folder made here; only such a folder is taken again. */
  private static final String MARKER = ".forensics-elasticsearch";

  /** Makes a temporary one. */
  static NodeFolder temporary(NodeUser user) throws IOException {
    NodeFolder folder = new NodeFolder(Files.createTempDirectory("forensics-elasticsearch-"), true);
    folder.prepare(user);
    return folder;
  }

  /**
   * Takes a folder that stays: a new or empty one, or one made here before.
   *
   * @throws IOException when it holds other things, or the node's user cannot reach it
   */
  static NodeFolder lasting(Path path, NodeUser user) throws IOException {
    Path root = path.toAbsolutePath().normalize();
    Files.createDirectories(root);
    if (!Files.exists(root.resolve(MARKER)) && !isEmpty(root)) {
      throw new IOException("folder is not empty and was not made for a node: " + root);
    }
    NodeFolder folder = new NodeFolder(root, false);
    folder.prepare(user);
    return folder;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void prepare(NodeUser user) throws IOException {
    Path parent = root.getParent();
    if (parent != null && !user.canRead(parent)) {
      throw new IOException(
          "the node runs as user id " + user.id() + " and cannot reach this folder: " + root);
    }
    if (!Files.exists(root.resolve(MARKER))) {
      Files.createFile(root.resolve(MARKER));
    }
    for (Path part : List.of(config(), data(), logs(), temporaryFiles())) {
      Files.createDirectories(part);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
    }
    Files.deleteIfExists(httpPorts());
  }

  /** Gives everything to the node's user; called when the configuration is written. */
  void handOver(NodeUser user) throws IOException {
    user.own(root);
  }

  Path config() {
    return root.resolve("config");
  }

  Path data() {
    return root.resolve("data");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path temporaryFiles() {
    return root.resolve("tmp");
  }

  /** What the node and its launcher print. */
  Path console() {
    return logs().resolve("console.log");
  }

  /** Written by the node when it listens: address and port, one a line. */
  Path httpPorts() {
    return logs().resolve("http.ports");
  }

  /** The self-signed certificate when TLS is on. */
  Path certificate() {
    return config().resolve("node.crt");
  }

  /** Removes a temporary folder; a lasting one stays. */
  void discard() throws IOException {
    if (isTemporary) {
      delete(root);
    }
  }

  /** Deletes a folder with everything in it; links are not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path inner, IOException e) throws IOException {
            Files.deleteIfExists(inner);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
