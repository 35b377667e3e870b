package dev.forensics.indexer.live;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is captured and where to.
 *
 * @param device name of the network interface
 * @param filter BPF expression; empty for all packets
 * @param snapLength bytes kept of a packet at most
 * @param promiscuous whether packets for other machines are wanted
 * @param bufferBytes the kernel's buffer for packets that are not written yet
 * @param folder gets the files; made when missing
 * @param prefix how their names begin: letters, digits, dots, hyphens and underscores
 * @param rotateBytes a file ends before it would be longer (one longer record excepted)
 * @param rotateEvery a file with packets ends when it is so old
 * @param files how many are kept, the one being written included; 0 for all
 */
public record LiveSettings(
    String device,
    String filter,
    int snapLength,
    boolean promiscuous,
    int bufferBytes,
    Path folder,
    String prefix,
    long rotateBytes,
    Duration rotateEvery,
    int files) {
  private static final int LEAST_ROTATION = 1024;

  /** Refuses what cannot be meant, with {@link IllegalArgumentException}. */
  public LiveSettings {
    require(prefix.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"), "prefix: no file name: " + prefix);
    require(snapLength > 0, "snaplen: must be positive");
    require(bufferBytes > 0, "buffer: must be positive");
    require(rotateBytes >= LEAST_ROTATION, "rotate-size: must be 1k or more");
    require(!rotateEvery.isNegative() && !rotateEvery.isZero(), "rotate-every: must be positive");
    require(files >= 0, "files: must not be negative");
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
