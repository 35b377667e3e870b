package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/**
 * Plaintext HTTP on an HTTPS port, from either side, graded by what became of it. Raised with the
 * answer, or the refusal; at the deadline or the flow's end when there is none.
 */
public final class HttpOnHttpsPort implements DetectionRule {
  private static final int TCP = 6;

  private static final RuleInfo INFO =
      new RuleInfo(
          "http-on-https-port",
          "Plaintext HTTP on an HTTPS port",
          "1",
          "exposure",
          Severity.MEDIUM,
          "One side of a TCP connection to an HTTPS port speaks HTTP without TLS, also within a"
              + " proxy (CONNECT, SOCKS) that was asked for an HTTPS port, whatever port the"
              + " proxy itself has.",
          "Everything in it, with cookies and credentials, can be read and changed on the way;"
              + " filters that trust the port let it through; malware hides there.",
          "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
          List.of("T1571", "T1071.001"),
          List.of(
              "Telegram clients that fall back to HTTP on port 443",
              "a scanner or a health check that tries plaintext on every port",
              "a user who typed http:// with port 443; the server refuses it",
              "an explicit proxy that listens on port 443 (CONNECT)"));

  private final DetectionSettings settings;
  private final HttpReason reason;

  /** Makes the rule for the HTTPS ports of the settings. */
  public HttpOnHttpsPort(DetectionSettings settings, Attribution attribution) {
    this.settings = settings;
    this.reason = new HttpReason(attribution);
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Class<?>> needs() {
    return List.of(HttpFacts.class);
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    if (flow.protocol != TCP) {
      return null;
    }
    Plaintext<HttpFacts> plaintext = Plaintext.onHttpsPort(flow, facts, settings, HttpFacts.class);
    if (plaintext == null) {
      return null;
    }
    HttpFacts http = plaintext.said();
    Outcome outcome = HttpOutcome.of(flow, plaintext.level(), http, occasion);
    if (outcome == null) {
      return Verdict.LATER;
    }
    int confidence = confidence(flow, http, outcome);
    Severity severity = severity(http, outcome);
    double risk = severity.number() * confidence / 100.0;
    String sentence = reason.of(flow, plaintext, outcome);
    return new Verdict(INFO, outcome, confidence, severity, risk, sentence, timestampNanos, null);
  }

  private static int confidence(Flow flow, HttpFacts http, Outcome outcome) {
    int confidence =
        switch (outcome) {
          case ACCEPTED, REJECTED -> 99;
          case RESET, UNANSWERED, REQUEST_ONLY -> 95;
          case RESPONSE_ONLY -> 85;
          case MIDSTREAM -> 80;
        };
    confidence -= flow.midstream ? 5 : 0;
    confidence -= Quality.isPoor(flow) ? 10 : 0;
    confidence -= Quality.isOneSided(flow) ? 5 : 0;
    boolean incomplete =
        http.requests.isEmpty() ? http.openRequest != null : !http.requests.get(0).complete();
    boolean simple = !http.requests.isEmpty() && "0.9".equals(http.requests.get(0).version());
    return confidence - (incomplete ? 10 : 0) - (simple ? 30 : 0);
  }

  private static Severity severity(HttpFacts http, Outcome outcome) {
    boolean credentials = http.authorizationScheme != null;
    boolean exposed =
        credentials
            || http.cookieSent
            || http.requestBodyBytes > 0
            || HttpOutcome.sendsUnseenBody(http);
    boolean refused = outcome == Outcome.REJECTED || outcome == Outcome.RESET;
    // What the capture does not show may have been an answer: as bad as it may have been.
    boolean accepted = outcome == Outcome.ACCEPTED || outcome == Outcome.REQUEST_ONLY;
    if (credentials) {
      return accepted ? Severity.CRITICAL : Severity.HIGH;
    }
    if (accepted) {
      return exposed ? Severity.HIGH : Severity.MEDIUM;
    }
    if (exposed) {
      return Severity.MEDIUM;
    }
    return refused || outcome == Outcome.UNANSWERED ? Severity.LOW : Severity.MEDIUM;
  }
}
