package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.FolderScan;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a folder that holds no captures from one that is not there. */
final class FolderPresence {
  private FolderPresence() {}

  /**
   * Why the folder cannot hold the sensor's captures; empty when it can.
   *
   * @param found the latest look at it
   * @param hadCaptures true when captures lay there before: an empty folder is a mount point then,
   *     or somebody has taken them all away
   */
  static Optional<String> problem(Path folder, FolderScan.Found found, boolean hadCaptures) {
    Optional<String> unreadable =
        found.failures().stream()
            .filter(failure -> failure.path().equals(folder))
            .map(failure -> failure.problem())
            .findFirst();
    if (unreadable.isPresent() || !hadCaptures) {
      return unreadable;
    }
    boolean isEmpty = found.files().isEmpty() && found.failures().isEmpty();
    return isEmpty
        ? Optional.of(folder + ": is empty, though captures lay there before: is it mounted?")
        : Optional.empty();
  }
}
