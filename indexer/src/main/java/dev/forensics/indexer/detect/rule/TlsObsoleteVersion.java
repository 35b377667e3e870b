package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** The server chose SSL, TLS 1.0 or 1.1; or the client offers nothing newer and got no answer. */
public final class TlsObsoleteVersion implements DetectionRule {
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_0 = 0x0301;
  private static final int CONFIDENCE = 98;
  private static final int OFFER_CONFIDENCE = 80;

  private static final RuleInfo INFO =
      new RuleInfo(
          "tls-obsolete-version",
          "Obsolete TLS version",
          "1",
          "exposure",
          Severity.LOW,
          "A connection uses SSL 2, SSL 3, TLS 1.0 or TLS 1.1, or its client can do nothing newer.",
          "These versions rest on MD5, SHA-1 and ciphers with known attacks (POODLE, BEAST); they"
              + " must not be used any more.",
          "https://www.rfc-editor.org/rfc/rfc8996",
          List.of("T1557"),
          List.of(
              "old appliances, industrial and medical devices",
              "scanners that test which versions a server accepts"));

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
    TlsFacts tls = TlsView.of(facts);
    if (tls == null) {
      return null;
    }
    if (tls.serverHello) {
      return tls.versionNumber > 0 && tls.versionNumber < TLS_1_2
          ? chosen(flow, tls, timestampNanos)
          : null;
    }
    boolean old = tls.clientHello && tls.offeredVersion > 0 && tls.offeredVersion < TLS_1_2;
    if (!old) {
      return null;
    }
    return Quality.last(occasion) ? offered(flow, tls, timestampNanos) : Verdict.LATER;
  }

  private static Verdict chosen(Flow flow, TlsFacts tls, long timestampNanos) {
    boolean ssl = tls.versionNumber < TLS_1_0;
    String reason =
        "The server "
            + TlsView.server(tls, Endpoints.serverPort(flow))
            + " chose "
            + name(tls.versionNumber)
            + (tls.cipherName == null ? "." : " with " + tls.cipherName + ".");
    return Quality.verdict(
        INFO,
        ssl ? Severity.MEDIUM : Severity.LOW,
        Quality.confidence(CONFIDENCE, flow),
        reason,
        timestampNanos);
  }

  private static Verdict offered(Flow flow, TlsFacts tls, long timestampNanos) {
    boolean lost = Quality.isNotCaptured(flow, flow.opener.reverse());
    String reason =
        "The client offered "
            + TlsView.server(tls, Endpoints.serverPort(flow))
            + " nothing newer than "
            + name(tls.offeredVersion)
            + (lost ? "; the answer was not captured." : "; no ServerHello was seen.");
    int confidence = Quality.confidence(OFFER_CONFIDENCE, flow);
    Severity severity = lost ? Severity.LOW : Severity.INFORMATIONAL;
    return Quality.verdict(INFO, severity, confidence, reason, timestampNanos);
  }

  private static String name(int version) {
    return switch (version) {
      case 0x0300 -> "SSL 3.0";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      default -> version < 0x0300 ? "SSL 2.0" : "version " + Integer.toHexString(version);
    };
  }
}
