package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a file of packets and its label in their places, and clears up what a crash left.
 *
 * <p>Both are complete and durable under hidden names before the first of them is renamed, packets
 * first. So a crash leaves both hidden files (nothing happened: they are removed), or the new
 * packets and the hidden label (it is renamed, too).
 */
final class EvidenceRecovery {
  /** How the names of files begin that are being written. */
  static final String NEW = ".new-";

  private EvidenceRecovery() {}

  /** Renames both; their folder is to be made durable then. */
  static void publish(Path newPackets, Path packets, Path newLabel, Path label) throws IOException {
    Files.move(newPackets, packets, StandardCopyOption.ATOMIC_MOVE);
    Files.move(newLabel, label, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Clears up a sub-folder.
   *
   * @return how many leftovers there were
   */
  static int clear(Path folder) throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, NEW + "*")) {
      found.forEach(leftovers::add);
    }
    for (Path leftover : leftovers) {
      String name = leftover.getFileName().toString();
      if (name.endsWith(EvidenceFolder.LABEL)) {
        clearLabel(leftover, folder.resolve(name.substring(NEW.length())));
      }
    }
    for (Path leftover : leftovers) {
      Files.deleteIfExists(leftover);
    }
    return leftovers.size();
  }

  private static void clearLabel(Path leftover, Path label) throws IOException {
    String name = label.getFileName().toString();
    String packets = name.substring(0, name.length() - ".sha256".length());
    boolean wasRenamed = !Files.exists(leftover.resolveSibling(NEW + packets));
    if (wasRenamed && fits(leftover, label.resolveSibling(packets))) {
      Files.move(leftover, label, StandardCopyOption.ATOMIC_MOVE);
      EvidenceAccess.force(label.getParent());
    }
  }

  private static boolean fits(Path label, Path packets) {
    try (InputStream in = new EvidenceFile(packets, EvidenceLabel.read(label)).open()) {
      return in != null;
    } catch (IOException e) {
      return false;
    }
  }
}
