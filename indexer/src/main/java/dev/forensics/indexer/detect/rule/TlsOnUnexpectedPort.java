package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/**
 * TLS from the first byte on a TCP port that is not known for it, and not for anything else either
 * (that is {@code protocol-port-mismatch}). Informational.
 */
public final class TlsOnUnexpectedPort implements DetectionRule {
  private static final int TCP = 6;
  private static final int CONFIDENCE = 90;

  private static final RuleInfo INFO =
      new RuleInfo(
          "tls-on-unexpected-port",
          "TLS on a port that is not known for it",
          "1",
          "policy",
          Severity.INFORMATIONAL,
          "A TCP connection speaks TLS from its first byte to a port outside the table of known TLS"
              + " ports.",
          "Command and control and private proxies prefer TLS on ports of their own; seen beside"
              + " other signs it helps to find them.",
          "https://attack.mitre.org/techniques/T1571/",
          List.of("T1571"),
          List.of(
              "applications with a port of their own",
              "file transfer data connections over TLS",
              "HTTPS of development and management interfaces"));

  private final DetectionSettings settings;
  private final PortTable table = PortTable.shipped();

  /** Makes the rule; HTTPS ports of the settings are known for TLS. */
  public TlsOnUnexpectedPort(DetectionSettings settings) {
    this.settings = settings;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    if (flow.protocol != TCP || !isTls(facts) || isKnown(flow) || !TlsStart.isSeen(flow)) {
      return null;
    }
    TlsFacts tls = facts.get(TlsFacts.class);
    boolean hello = tls != null && (tls.clientHello || tls.serverHello);
    if (!hello && !Quality.last(occasion)) {
      return Verdict.LATER;
    }
    String name = tls == null || tls.serverName == null ? "" : " for " + Masks.host(tls.serverName);
    String reason = "TLS" + name + " on TCP port " + Endpoints.serverPort(flow) + ".";
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(INFO, Severity.INFORMATIONAL, confidence, reason, timestampNanos);
  }

  private static boolean isTls(FlowFacts facts) {
    boolean originator = "tls".equals(facts.originatorProtocol);
    boolean responder = "tls".equals(facts.responderProtocol);
    return (originator || responder)
        && (originator || facts.originatorProtocol == null)
        && (responder || facts.responderProtocol == null);
  }

  /** A flow joined in its middle may have its ports the other way round. */
  private boolean isKnown(Flow flow) {
    return isKnown(Endpoints.serverPort(flow))
        || (flow.midstream && (isKnown(flow.originatorPort) || isKnown(flow.responderPort)));
  }

  private boolean isKnown(int port) {
    return settings.isHttpsPort(port) || table.row(TCP, port) != null;
  }
}
