package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.tls.CertificateFacts;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** The server's own certificate names itself as its issuer. TLS 1.2 and older only. */
public final class TlsCertificateSelfSigned implements DetectionRule {
  private static final int CONFIDENCE = 95;

  private static final RuleInfo INFO =
      new RuleInfo(
          "tls-certificate-self-signed",
          "Self-signed TLS certificate",
          "1",
          "exposure",
          Severity.LOW,
          "The server sent a certificate whose subject and issuer are the same. Seen in TLS 1.2 and"
              + " older only.",
          "Nobody vouches for such a certificate; it is also what many tools of attackers make by"
              + " default.",
          "https://www.rfc-editor.org/rfc/rfc5280#section-3.2",
          List.of("T1587.003"),
          List.of(
              "management interfaces of appliances, printers and hypervisors",
              "development servers, and clients that pin the certificate"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Class<?>> needs() {
    return TlsView.NEEDS;
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    CertificateFacts certificate = TlsView.certificate(facts);
    if (certificate == null || !certificate.selfSigned()) {
      return null;
    }
    String reason =
        "The certificate of "
            + TlsView.server(TlsView.of(facts), Endpoints.serverPort(flow))
            + " is its own issuer: "
            + Masks.distinguishedName(certificate.subject())
            + ".";
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(INFO, Severity.LOW, confidence, reason, timestampNanos);
  }
}
