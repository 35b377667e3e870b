package dev.forensics.indexer.index;

import java.util.Set;

/** What Elasticsearch's answer means for one document. */
enum ItemFate {
  /** Newly stored. */
  STORED,
  /** Already there under the same id. */
  DUPLICATE,
  /** Not the document's fault: sent again later. */
  RETRY,
  /** The document's fault: it would be refused for ever. */
  REFUSED;

  private static final int FIRST_ERROR = 300;
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  /** Answered with 400 although the cluster, not the document, is in the way. */
  private static final Set<String> CLUSTER_FAULTS =
      Set.of(
          "validation_exception", // the cluster's limit on shards
          "index_closed_exception",
          "cluster_block_exception",
          "resource_already_exists_exception", // two requests create the data stream at once
          "process_cluster_event_timeout_exception",
          "unavailable_shards_exception");

  /**
   * By status and type of error. Statuses that speak of the cluster, the index or the rights (401,
   * 403, 404, 408, 429, 5xx) are tried again: dead letters are for documents, and a revoked right
   * must not turn a whole capture into them.
   */
  static ItemFate of(int status, String errorType) {
    if (status < FIRST_ERROR) {
      return STORED;
    }
    return switch (status) {
      case CONFLICT -> DUPLICATE;
      case BAD_REQUEST -> CLUSTER_FAULTS.contains(errorType) ? RETRY : REFUSED;
      case CONTENT_TOO_LARGE, UNPROCESSABLE -> REFUSED;
      default -> RETRY;
    };
  }
}
