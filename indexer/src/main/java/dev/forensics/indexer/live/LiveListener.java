package dev.forensics.indexer.live;

import java.nio.file.Path;

/** Is told of files; called by the capturing thread, so it has to be quick. */
public interface LiveListener {
  /** A new file is being written. */
  void begun(Path file);

  /** A file will not be written to again. */
  void finished(FinishedFile file);
}
