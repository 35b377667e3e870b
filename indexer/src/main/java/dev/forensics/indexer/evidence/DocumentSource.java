package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.util.Optional;

/** Finds flow and alarm documents. Thread-safe. */
@FunctionalInterface
public interface DocumentSource {
  /** The alarm or flow of this id. */
  Optional<EcsDocument> find(String id) throws IOException;
}
