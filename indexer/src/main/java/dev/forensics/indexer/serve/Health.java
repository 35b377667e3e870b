package dev.forensics.indexer.serve;

import java.util.List;

/**
 * How the service is.
 *
 * @param live false when it cannot recover by itself and should be started again
 * @param ready true when captures are read and documents arrive
 * @param reasons why it is not ready, or what an operator should know; one sentence each
 */
public record Health(boolean live, boolean ready, List<String> reasons) {
  /** Fixes the list. */
  public Health {
    reasons = List.copyOf(reasons);
  }
}
