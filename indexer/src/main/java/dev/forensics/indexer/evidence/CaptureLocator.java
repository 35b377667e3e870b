package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells where captures lie now. Thread-safe. */
public interface CaptureLocator {
  /**
   * Finds captures by what they are, whatever they are called now.
   *
   * @return those that are there; a capture that is gone is missing in it
   * @throws IOException when it cannot be said
   */
  Map<CaptureId, CaptureFile> locate(Set<CaptureId> ids) throws IOException;

  /** Finds one capture. */
  default Optional<CaptureFile> locate(CaptureId id) throws IOException {
    return Optional.ofNullable(locate(Set.of(id)).get(id));
  }
}
