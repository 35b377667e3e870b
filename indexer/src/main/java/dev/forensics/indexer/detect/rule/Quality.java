package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;

/** What the quality of a capture does to the confidence of a verdict. */
final class Quality {
  private static final int MIDSTREAM_LOSS = 10;
  private static final int GAP_LOSS = 10;
  private static final int ONE_SIDED_LOSS = 5;

  private Quality() {}

  /** The confidence of a flow without faults, lessened by the faults of this one. */
  static int confidence(int faultless, Flow flow) {
    int confidence = faultless;
    confidence -= flow.midstream ? MIDSTREAM_LOSS : 0;
    confidence -= isPoor(flow) ? GAP_LOSS : 0;
    confidence -= isOneSided(flow) ? ONE_SIDED_LOSS : 0;
    return confidence;
  }

  /** True when nothing of one side was captured. */
  static boolean isOneSided(Flow flow) {
    return flow.originator.packets == 0 || flow.responder.packets == 0;
  }

  /** True when parts of a side are missing of which others were captured. */
  static boolean isPoor(Flow flow) {
    return isPoor(flow, Direction.ORIGINATOR) || isPoor(flow, Direction.RESPONDER);
  }

  private static boolean isPoor(Flow flow, Direction by) {
    FlowSide side = flow.side(by);
    return side.packets > 0 && (flow.uncapturedBytes(by) > 0 || side.snaplenTruncated());
  }

  /** True when bytes of this direction are not in the capture, or the whole direction is not. */
  static boolean isNotCaptured(Flow flow, Direction by) {
    return flow.uncapturedBytes(by) > 0 || flow.isOneWayCapture(by);
  }

  /** True when the rule has to decide now. */
  static boolean last(Occasion occasion) {
    return occasion == Occasion.DEADLINE || occasion == Occasion.ENDED;
  }

  /** A verdict that does not grade; its risk is its severity, scaled by the confidence. */
  static Verdict verdict(
      RuleInfo rule, Severity severity, int confidence, String reason, long timestampNanos) {
    double risk = severity.number() * confidence / 100.0;
    return new Verdict(rule, null, confidence, severity, risk, reason, timestampNanos, null);
  }
}
