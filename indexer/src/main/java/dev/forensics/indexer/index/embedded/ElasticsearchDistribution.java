package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unpacked distribution in a cache shared by all nodes of this machine. Several processes may
 * ask at once: the first fetches and unpacks, the others wait for it.
 *
 * <p>The cache is {@code $FORENSICS_CACHE}, else {@code $XDG_CACHE_HOME/forensics-indexer}, else
 * {@code ~/.cache/forensics-indexer}. A node that runs under another user than the caller must be
 * able to read it, so for root, whose home is closed as a rule, {@code
 * /var/cache/forensics-indexer} follows, then a folder below the temporary one.
 */
final class ElasticsearchDistribution {
  static final String VERSION = "8.19.21";
  static final String SHA_256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a";

  private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchDistribution.class);
  private static final String CACHE_NAME = "forensics-indexer";
  private static final Object IN_THIS_PROCESS = new Object();

  private ElasticsearchDistribution() {}

  /**
   * The distribution's folder, readable by the user; fetched and unpacked when missing.
   *
   * @throws IOException when it can neither be found nor fetched, or no cache is usable
   */
  static Path home(NodeUser user) throws IOException, InterruptedException {
    Path cache = cacheFolder(user);
    Path home = cache.resolve("elasticsearch-" + VERSION);
    if (!Files.isDirectory(home)) {
      unpackLocked(cache, home);
    }
    return home;
  }

  /** The first folder that can be written here and read by the user. */
  static Path cacheFolder(NodeUser user) throws IOException {
    List<String> refused = new ArrayList<>();
    for (Path candidate : candidates(user)) {
      Optional<String> fault = tryCache(candidate, user);
      if (fault.isEmpty()) {
        return candidate;
      }
      refused.add(candidate + " (" + fault.get() + ")");
    }
    throw new IOException(
        "no usable cache folder, set FORENSICS_CACHE to one: tried=" + String.join(", ", refused));
  }

  private static List<Path> candidates(NodeUser user) {
    List<Path> candidates = new ArrayList<>();
    candidates.add(preferredCache());
    if (user.isSwitched()) {
      candidates.add(Path.of("/var/cache", CACHE_NAME));
    }
    String suffix = user.isSwitched() ? "root" : Integer.toString(user.id());
    candidates.add(Path.of(System.getProperty("java.io.tmpdir"), CACHE_NAME + "-" + suffix));
    return candidates;
  }

  private static Path preferredCache() {
    String own = System.getenv("FORENSICS_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve(CACHE_NAME).toAbsolutePath();
  }

  /** What is wrong with a folder as a cache, empty when nothing is. */
  private static Optional<String> tryCache(Path folder, NodeUser user) throws IOException {
    if (!user.canRead(folder)) {
      return Optional.of("not readable by user id " + user.id());
    }
    try {
      createOpenFolder(folder);
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("not writable");
    }
    return isOurs(folder, user) ? Optional.empty() : Optional.of("belongs to somebody else");
  }

  /** Whoever owns the folder decides what gets executed from it. */
  private static boolean isOurs(Path folder, NodeUser user) throws IOException {
    int owner = (int) Files.getAttribute(folder, "unix:uid");
    return owner == 0 || (!user.isSwitched() && owner == user.id());
  }

  private static void createOpenFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** File locks are held by the process, so threads of this one need a lock of their own. */
  private static void unpackLocked(Path cache, Path home) throws IOException, InterruptedException {
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(home)) {
          unpack(cache, home);
        }
      }
    }
  }

  /** Renamed into place when whole, so that a folder of that name is always a whole one. */
  private static void unpack(Path cache, Path home) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(cache, "unpack-");
    try {
      Path zip = DistributionSource.find(work);
      LOG.info("unpacking Elasticsearch {} into {}", VERSION, home);
      DistributionZip.unpack(zip, work.resolve("content"));
      Files.move(
          work.resolve("content").resolve("elasticsearch-" + VERSION),
          home,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      NodeFolder.delete(work);
    }
  }
}
