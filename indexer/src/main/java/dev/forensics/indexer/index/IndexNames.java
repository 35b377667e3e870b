package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.IndexTemplates;

/**
 * Where each kind of document lives.
 *
 * @param namespace the end of the data streams' names
 */
public record IndexNames(String namespace) {
  /** The data stream or index of a kind. */
  public String of(DocumentKind kind) {
    return IndexTemplates.target(kind, namespace);
  }
}
