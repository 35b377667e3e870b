package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Flow;

/** Decides whether a verdict is one that the user does not want to be alarmed by. */
@FunctionalInterface
public interface Suppression {
  /** Suppresses nothing. */
  Suppression NONE = (flow, facts, verdict) -> null;

  /** Why this verdict is suppressed; null when it is not. It is written and counted either way. */
  String reason(Flow flow, FlowFacts facts, Verdict verdict);
}
