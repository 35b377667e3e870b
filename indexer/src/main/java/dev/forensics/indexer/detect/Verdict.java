package dev.forensics.indexer.detect;

/**
 * A rule's finding about one flow.
 *
 * @param rule the rule
 * @param outcome what became of it; null for rules that do not grade
 * @param confidence 0..100, falls with poor quality of the capture
 * @param severity how much it matters
 * @param riskScore event.risk_score, 0..100
 * @param reason one sentence a person understands, event.reason
 * @param timestampNanos packet time at which it became known
 * @param suppression why it is suppressed; null when it is not
 */
public record Verdict(
    RuleInfo rule,
    Outcome outcome,
    int confidence,
    Severity severity,
    double riskScore,
    String reason,
    long timestampNanos,
    String suppression) {

  /** Not a verdict: "not yet, ask again at the deadline". See {@link #isLater}. */
  public static final Verdict LATER =
      new Verdict(null, null, 0, Severity.INFORMATIONAL, 0, "", 0, null);

  /** True for {@link #LATER}. */
  boolean isLater() {
    return rule == null;
  }

  /** This verdict, suppressed for a reason. */
  public Verdict suppressed(String why) {
    return new Verdict(rule, outcome, confidence, severity, riskScore, reason, timestampNanos, why);
  }
}
