package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout of the evidence folder, and reading from it. Reading needs no right to write, and
 * nothing but an id: neither Elasticsearch, whose documents may be gone long before the evidence,
 * nor the packets' time. That is why the sub-folders are the ids' first two digits and not days.
 *
 * <pre>
 * 5d/5d1f...e21.pcapng          the packets of the alarm 5d1f...e21
 * 5d/5d1f...e21.pcapng.sha256   their SHA-256, and what they are
 * flows/0a/0a34...77.pcapng     a symbolic link: by the id of the flow to one of its alarms
 * </pre>
 *
 * Thread-safe.
 */
public final class EvidenceFolder {
  static final String PACKETS = ".pcapng";
  static final String LABEL = ".pcapng.sha256";
  static final String FLOWS = "flows";

  private static final int ATTEMPTS = 3;
  private static final long PAUSE_NANOS = 20_000_000L;
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFolder.class);

  /** What {@code DocumentIds} makes; nothing that could lead out of the folder. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path root;

  /** The folder at a place, whether it is there or not. */
  public EvidenceFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Where an alarm's packets are. */
  Path packets(String alarmId) {
    return folder(root, alarmId).resolve(alarmId + PACKETS);
  }

  /** The label beside a file of packets. */
  static Path label(Path packets) {
    return packets.resolveSibling(packets.getFileName() + LABEL.substring(PACKETS.length()));
  }

  /** The link of a flow. */
  Path flow(String flowId) {
    return folder(root.resolve(FLOWS), flowId).resolve(flowId + PACKETS);
  }

  private static Path folder(Path root, String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException("not an id: " + id);
    }
    return root.resolve(id.substring(0, 2));
  }

  /** Whether packets are stored for an alarm. */
  boolean has(String alarmId) {
    return isId(alarmId) && Files.isRegularFile(packets(alarmId), LinkOption.NOFOLLOW_LINKS);
  }

  /** The stored packets of an alarm, or of a flow with an alarm. */
  Optional<EvidenceFile> find(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    Path packets = has(id) ? packets(id) : target(flow(id));
    if (packets == null || !Files.isRegularFile(packets, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new EvidenceFile(packets, EvidenceLabel.read(label(packets))));
    } catch (IOException e) {
      LOG.warn("stored packets without a usable label: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Opens stored packets whose hash is the one beside them. Between the two renames of a file that
   * is replaced they do not fit for a moment, so it looks again.
   *
   * @throws IOException when they were changed since, or are gone
   */
  InputStream open(EvidenceFile file) throws IOException {
    EvidenceFile now = file;
    for (int attempt = 1; ; attempt++) {
      try {
        return now.open();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        now = new EvidenceFile(file.path(), EvidenceLabel.read(label(file.path())));
      }
    }
  }

  /**
   * Compares the hash of stored packets.
   *
   * @throws IOException as {@link #open}
   */
  void verify(EvidenceFile file) throws IOException {
    open(file).close();
  }

  /** The alarm's file that a link leads to; only the name counts, wherever the link points. */
  private Path target(Path link) {
    try {
      String name = Files.readSymbolicLink(link).getFileName().toString();
      String id = name.endsWith(PACKETS) ? name.substring(0, name.length() - PACKETS.length()) : "";
      return isId(id) ? packets(id) : null;
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
