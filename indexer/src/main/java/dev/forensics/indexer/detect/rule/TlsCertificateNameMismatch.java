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
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The server's certificate is not for the name that the client asked for (SNI). */
public final class TlsCertificateNameMismatch implements DetectionRule {
  private static final int CONFIDENCE = 90;

  /** As many names as are kept of a certificate: with so many, the matching one may be cut off. */
  private static final int NAMES_KEPT = 64;

  private static final int NAMES_SHOWN = 5;

  private static final RuleInfo INFO =
      new RuleInfo(
          "tls-certificate-name-mismatch",
          "TLS certificate for another name",
          "1",
          "exposure",
          Severity.MEDIUM,
          "The client asked for a server name that the certificate it was given does not cover"
              + " (RFC 9525 matching; the common name counts where there are no alternative names)."
              + " Seen in TLS 1.2 and older only.",
          "A redirected or intercepted connection looks like this, and so does domain fronting.",
          "https://www.rfc-editor.org/rfc/rfc9525",
          List.of("T1557", "T1090.004"),
          List.of(
              "a server that sends its default certificate to names it does not know",
              "captive portals and filters that answer for blocked sites",
              "names that point to a hosting provider too early"));

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
    TlsFacts tls = TlsView.of(facts);
    if (certificate == null
        || !isName(tls.serverName)
        || certificate.names().size() >= NAMES_KEPT
        || covers(certificate, tls.serverName)) {
      return null;
    }
    String reason =
        "The client asked for "
            + Masks.host(tls.serverName)
            + ", the certificate on port "
            + Endpoints.serverPort(flow)
            + " is for "
            + names(certificate)
            + ".";
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(INFO, Severity.MEDIUM, confidence, reason, timestampNanos);
  }

  /**
   * True for the name of a host. Addresses are none (RFC 6066 section 3 forbids them here, and
   * servers take them for no name at all), nor is what has other characters than names have.
   */
  static boolean isName(String wanted) {
    if (wanted == null || wanted.isEmpty()) {
      return false;
    }
    boolean letter = false;
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      letter |= Character.isLetter(c);
      if (!Character.isLetterOrDigit(c) && c != '-' && c != '.' && c != '_') {
        return false; // colons and brackets of an address, a port, a URL
      }
    }
    return letter;
  }

  private static boolean covers(CertificateFacts certificate, String wanted) {
    if (certificate.names().isEmpty()) {
      return certificate.commonName() != null && matches(certificate.commonName(), wanted);
    }
    for (String name : certificate.names()) {
      if (matches(name, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A wildcard stands for the whole first label, and for that one only. */
  static boolean matches(String name, String wanted) {
    String pattern = normal(name);
    String host = normal(wanted);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(pattern.substring(1));
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String names(CertificateFacts certificate) {
    List<String> names = certificate.names();
    if (names.isEmpty()) {
      return certificate.commonName() == null
          ? "no name at all"
          : Masks.commonName(certificate.commonName());
    }
    String shown =
        names.stream().limit(NAMES_SHOWN).map(Masks::host).collect(Collectors.joining(", "));
    return names.size() > NAMES_SHOWN
        ? shown + " and " + (names.size() - NAMES_SHOWN) + " more"
        : shown;
  }
}
