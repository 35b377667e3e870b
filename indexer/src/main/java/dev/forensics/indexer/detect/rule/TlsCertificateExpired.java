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
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.Flow;
import java.time.Instant;
import java.util.List;

/**
 * The server's certificate was not valid at the time of the handshake, by the capture's clock. Only
 * TLS 1.2 and older show certificates.
 */
public final class TlsCertificateExpired implements DetectionRule {
  private static final int CONFIDENCE = 95;

  private static final RuleInfo INFO =
      new RuleInfo(
          "tls-certificate-expired",
          "TLS certificate outside its validity",
          "1",
          "exposure",
          Severity.LOW,
          "The server sent a certificate that had expired, or was not valid yet, when the packets"
              + " were captured (packet time, not today's). Seen in TLS 1.2 and older only.",
          "Clients that go on accept any certificate, so that a man in the middle goes unnoticed;"
              + " throw-away infrastructure often lets certificates expire.",
          "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
          List.of("T1587.003"),
          List.of(
              "a forgotten renewal",
              "a capture whose clock was wrong",
              "devices with a certificate from the factory"));

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
    if (certificate == null) {
      return null;
    }
    TlsFacts tls = TlsView.of(facts);
    long then = TlsView.handshakeMillis(flow, tls);
    boolean expired = certificate.notAfterMillis() < then;
    if (!expired && certificate.notBeforeMillis() <= then) {
      return null;
    }
    long limit = expired ? certificate.notAfterMillis() : certificate.notBeforeMillis();
    String reason =
        "The certificate of "
            + TlsView.server(tls, Endpoints.serverPort(flow))
            + (expired ? " expired on " : " was not valid before ")
            + Instant.ofEpochMilli(limit)
            + ", the handshake was on "
            + Instant.ofEpochMilli(then)
            + "; subject "
            + Masks.distinguishedName(certificate.subject())
            + ".";
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(INFO, Severity.LOW, confidence, reason, timestampNanos);
  }
}
