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
    String suppression) {}
