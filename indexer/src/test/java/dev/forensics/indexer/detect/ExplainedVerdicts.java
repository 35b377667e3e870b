package dev.forensics.indexer.detect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the verdicts differ from the ground truth, and why each is meant. Listed with the same
 * reasons in docs/testing.md.
 */
final class ExplainedVerdicts {
  private static final Map<String, List<String>> BY_CAPTURE = Map.of();

  private ExplainedVerdicts() {}

  static List<String> of(String capture) {
    return BY_CAPTURE.getOrDefault(capture, List.of());
  }

  static Set<String> captures() {
    return BY_CAPTURE.keySet();
  }
}
