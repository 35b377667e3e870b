package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** Turns facts into a verdict. Stateless: the same flow and facts give the same verdict. */
public interface DetectionRule {
  /** The rule as documents show it. */
  RuleInfo info();

  /**
   * Classes of facts without any of which the rule has nothing to say, so that it is not asked.
   * Always the same.
   *
   * @return none when the rule may have something to say of any flow
   */
  default List<Class<?>> needs() {
    return List.of();
  }

  /**
   * Looks at a flow. Called again on each occasion until it gives a verdict, so it waits (null)
   * while the outcome is still open and decides at the latest on DEADLINE or ENDED.
   *
   * @param timestampNanos packet time of the occasion
   * @return the verdict; null when there is none (yet); {@link Verdict#LATER} when there will be
   *     one, so that the rule is asked on DEADLINE too (counted from the first LATER of the flow)
   */
  Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos);
}
