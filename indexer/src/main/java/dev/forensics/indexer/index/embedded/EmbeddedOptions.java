package dev.forensics.indexer.index.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an embedded node is started.
 *
 * @param port HTTP port on loopback, 0 for any free one
 * @param folder where data, logs and configuration live and stay; empty for a temporary folder that
 *     is removed with the node
 * @param heapMegabytes Java heap of the node
 * @param keep true lets the node outlive this process; {@link KeptNode} finds and stops it
 * @param startTimeout how long to wait until the node answers
 * @param security TLS and users; empty for plain HTTP without users
 */
public record EmbeddedOptions(
    int port,
    Optional<Path> folder,
    int heapMegabytes,
    boolean keep,
    Duration startTimeout,
    Optional<EmbeddedSecurity> security) {
  private static final int DEFAULT_HEAP_MEGABYTES = 512;
  private static final int MINIMUM_HEAP_MEGABYTES = 256;
  private static final int MAXIMUM_PORT = 65_535;

  /** Checks the ranges. */
  public EmbeddedOptions {
    if (port < 0 || port > MAXIMUM_PORT) {
      throw new IllegalArgumentException("port out of range 0..65535: port=" + port);
    }
    if (heapMegabytes < MINIMUM_HEAP_MEGABYTES) {
      throw new IllegalArgumentException(
          "heap too small for a node: heapMegabytes=" + heapMegabytes + ", least=256");
    }
  }

  /** A free port, a temporary folder, 512 MB, no users, gone when this process ends. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(
        0,
        Optional.empty(),
        DEFAULT_HEAP_MEGABYTES,
        false,
        Duration.ofMinutes(5),
        Optional.empty());
  }

  /** The same with another HTTP port, 0..65535. */
  public EmbeddedOptions withPort(int newPort) {
    return new EmbeddedOptions(newPort, folder, heapMegabytes, keep, startTimeout, security);
  }

  /** The same with a folder that stays when the node stops. */
  public EmbeddedOptions withFolder(Path newFolder) {
    return new EmbeddedOptions(
        port, Optional.of(newFolder), heapMegabytes, keep, startTimeout, security);
  }

  /** The same with another heap, in megabytes, 256 or more. */
  public EmbeddedOptions withHeapMegabytes(int newHeapMegabytes) {
    return new EmbeddedOptions(port, folder, newHeapMegabytes, keep, startTimeout, security);
  }

  /** The same, but the node outlives this process (true) or not. */
  public EmbeddedOptions withKeep(boolean newKeep) {
    return new EmbeddedOptions(port, folder, heapMegabytes, newKeep, startTimeout, security);
  }

  /** The same with TLS and users. */
  public EmbeddedOptions withSecurity(EmbeddedSecurity newSecurity) {
    return new EmbeddedOptions(
        port, folder, heapMegabytes, keep, startTimeout, Optional.of(newSecurity));
  }
}
