package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Flow;

/** Flows and facts for tests of rules. */
final class RuleFlows {
  static final long NANOS = 1_700_000_000_000_000_000L;

  private RuleFlows() {}

  /** A whole flow from an ephemeral port to this one. */
  static Flow to(int ipProtocol, int port) {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = (short) ipProtocol;
    flow.originatorLow = 0xC0000201L;
    flow.responderLow = 0xC6336402L;
    flow.originatorPort = 40_000;
    flow.responderPort = port;
    flow.startNanos = NANOS;
    flow.endNanos = NANOS;
    flow.originator.packets = 5;
    flow.responder.packets = 5;
    return flow;
  }

  static Flow tcp(int port) {
    return to(6, port);
  }

  static FlowFacts speaking(String originator, String responder) {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = originator;
    facts.responderProtocol = responder;
    return facts;
  }

  static Verdict now(DetectionRule rule, Flow flow, FlowFacts facts) {
    return rule.evaluate(flow, facts, Occasion.FACTS, NANOS);
  }

  static Verdict atEnd(DetectionRule rule, Flow flow, FlowFacts facts) {
    return rule.evaluate(flow, facts, Occasion.ENDED, NANOS);
  }
}
