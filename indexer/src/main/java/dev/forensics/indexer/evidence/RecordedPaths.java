package dev.forensics.indexer.evidence;

import dev.forensics.indexer.index.RecordedPath;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where captures lay when they were last read. Thread-safe. */
@FunctionalInterface
public interface RecordedPaths {
  /** Nothing is recorded. */
  RecordedPaths NONE = ids -> Map.of();

  /** Paths by capture id; a capture of which none is known is missing. */
  Map<String, List<RecordedPath>> of(Collection<String> captureIds) throws IOException;
}
