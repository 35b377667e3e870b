package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Flow;

/** A rule of the user: looks at a flow, or a segment of it, once, when it ends. */
final class UserRule implements DetectionRule {
  private static final int CONFIDENCE = 90;

  private final RuleInfo info;
  private final Condition condition;
  private final Attribution attribution;

  UserRule(RuleInfo info, Condition condition, Attribution attribution) {
    this.info = info;
    this.condition = condition;
    this.attribution = attribution;
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    if (occasion != Occasion.ENDED || !condition.holds(new FlowView(flow, facts, attribution))) {
      return null;
    }
    double risk = info.severity().number() * CONFIDENCE / 100.0;
    return new Verdict(
        info, null, CONFIDENCE, info.severity(), risk, info.name() + ".", timestampNanos, null);
  }
}
