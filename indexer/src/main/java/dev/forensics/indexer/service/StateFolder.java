package dev.forensics.indexer.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The folder of the service's state, held by one process at a time: two would write to the same
 * dead letters and prune each other's evidence. What it is known by stays the same for as long as
 * the folder is kept.
 */
final class StateFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String INSTALLATION = "installation.id";

  private final FileChannel channel;
  private final String installation;

  private StateFolder(FileChannel channel, String installation) {
    this.channel = channel;
    this.installation = installation;
  }

  /**
   * Takes hold of it; it is made when it is not there. The lock goes with the process, however that
   * ends.
   *
   * @throws IOException when another process holds it, whose id the message names, or when it
   *     cannot be written to
   */
  static StateFolder hold(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!isLocked(channel)) {
        throw new IOException(
            "the state folder %s is used by another forensics run, process %s: each needs a state of its own"
                .formatted(folder, holder(channel)));
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      return new StateFolder(channel, installation(folder.resolve(INSTALLATION)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // a service of this very process
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return pid.matches("\\d+") ? pid : "unknown";
  }

  private static void write(FileChannel channel, String pid) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String installation(Path file) throws IOException {
    if (Files.exists(file)) {
      String id = Files.readString(file).strip();
      if (!id.isEmpty()) {
        return id;
      }
    }
    String id = UUID.randomUUID().toString();
    Path fresh = Files.writeString(file.resolveSibling(INSTALLATION + ".tmp"), id + "\n");
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return id;
  }

  /** What the folder is known by. */
  String installation() {
    return installation;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
