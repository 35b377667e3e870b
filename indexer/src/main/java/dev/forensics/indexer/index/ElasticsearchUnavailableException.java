package dev.forensics.indexer.index;

import java.io.IOException;

/** Elasticsearch cannot be used, with a message that says why and what to do about it. */
public final class ElasticsearchUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the reason, and the cause or null. */
  public ElasticsearchUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
