package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;

/**
 * Where each kind of document lives.
 *
 * @param namespace the end of the data streams' names
 */
public record IndexNames(String namespace) {
  /** The ledger; one for all namespaces, since a capture is read once. */
  public static final String CAPTURES = "forensics-captures";

  /** The data stream or index of a kind. */
  public String of(DocumentKind kind) {
    return switch (kind) {
      case FLOW -> "logs-forensics.flow-" + namespace;
      case ALARM -> "logs-forensics.alarm-" + namespace;
      case CAPTURE -> CAPTURES;
    };
  }
}
