package dev.forensics.indexer.document;

/** The kinds of documents, each with a data stream or index of its own. */
public enum DocumentKind {
  FLOW,
  ALARM,
  CAPTURE;
}
