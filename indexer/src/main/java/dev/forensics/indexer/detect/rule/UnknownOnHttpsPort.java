package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;
import java.util.List;
import java.util.Locale;

/**
 * Payload on an HTTPS port that is neither TLS nor any other known protocol, on both sides.
 *
 * <p>Not raised for what says nothing: keep-alive bytes, zero padding, fewer than {@link
 * #MINIMUM_BYTES} bytes, what begins like a TLS record, and binary bytes of a connection joined in
 * its middle, which may be the middle of a TLS record.
 */
public final class UnknownOnHttpsPort implements DetectionRule {
  private static final int TCP = 6;
  private static final int MINIMUM_BYTES = 8;
  private static final int MIDSTREAM_MINIMUM_BYTES = 16;
  private static final double TEXT = 0.95;
  private static final int CONFIDENCE = 85;
  private static final int MIDSTREAM_CONFIDENCE = 65;
  private static final int TLS_RECORD_LIMIT = 0x4800;
  private static final int HELLO_TYPE = 5;
  private static final int HELLO_VERSION = 9;

  private static final RuleInfo INFO =
      new RuleInfo(
          "unknown-on-https-port",
          "Unknown protocol on an HTTPS port",
          "1",
          "policy",
          Severity.MEDIUM,
          "A TCP connection to an HTTPS port carries payload that is neither TLS nor any protocol"
              + " that is known here. The reason names the entropy of the first bytes (8 bits a byte"
              + " is random or encrypted) and how much of them is printable.",
          "Private protocols on 443 pass filters that trust the port: tunnels, messengers that"
              + " avoid censorship, malware with encryption of its own.",
          "https://attack.mitre.org/techniques/T1571/",
          List.of("T1571", "T1095"),
          List.of(
              "messengers with a protocol of their own (WhatsApp, KakaoTalk, old ICQ)",
              "obfuscated proxies and VPNs",
              "a health check that opens the port and writes a few bytes"));

  private final DetectionSettings settings;

  /** Makes the rule for the HTTPS ports of the settings. */
  public UnknownOnHttpsPort(DetectionSettings settings) {
    this.settings = settings;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    if (facts.originatorProtocol != null
        || facts.responderProtocol != null
        || flow.protocol != TCP
        || !settings.isHttpsPort(Endpoints.serverPort(flow))) {
      return null;
    }
    boolean originator = says(flow, flow.originator, facts.originatorUnknown);
    boolean responder = says(flow, flow.responder, facts.responderUnknown);
    if (!originator && !responder) {
      return null;
    }
    boolean open = facts.originatorUnknown == null || facts.responderUnknown == null;
    if (open && !Quality.last(occasion)) {
      return Verdict.LATER;
    }
    if (looksLikeTls(flow.originator.firstPayload) || looksLikeTls(flow.responder.firstPayload)) {
      return null;
    }
    int best = flow.midstream ? MIDSTREAM_CONFIDENCE : CONFIDENCE;
    return Quality.verdict(
        INFO,
        Severity.MEDIUM,
        Quality.confidence(best, flow),
        reason(flow, facts, originator, responder),
        timestampNanos);
  }

  /** True when a side's bytes are enough to say that they are unknown. */
  private static boolean says(Flow flow, FlowSide side, UnknownBytes bytes) {
    if (bytes == null || bytes.lengthBytes() < MINIMUM_BYTES || isPadding(bytes)) {
      return false;
    }
    boolean beginningMissed = flow.midstream || side.firstPayload == null;
    return !beginningMissed
        || (bytes.lengthBytes() >= MIDSTREAM_MINIMUM_BYTES && bytes.printableShare() >= TEXT);
  }

  /** One value over and over that does not print: keep-alive bytes, padding. */
  private static boolean isPadding(UnknownBytes bytes) {
    return bytes.entropyBits() < 0.01 && bytes.printableShare() == 0;
  }

  /** A record header of SSL 3 to TLS 1.3 (RFC 8446 5.1), padding before it left out. */
  private static boolean looksLikeTls(byte[] first) {
    if (first == null) {
      return false;
    }
    int at = 0;
    while (at < first.length && first[at] == 0) {
      at++;
    }
    return isRecord(first, at) || isOverwrittenHello(first, at);
  }

  private static boolean isRecord(byte[] first, int at) {
    int left = first.length - at;
    boolean header =
        left >= 3
            && first[at] >= 0x14
            && first[at] <= 0x18
            && first[at + 1] == 3
            && isMinorVersion(first[at + 2]);
    return header && (left < 5 || Octets.u16(first, at + 3) <= TLS_RECORD_LIMIT);
  }

  /**
   * Some senders count the Ethernet padding of an empty segment as payload: zeros then stand over
   * the first bytes of the hello. Its version (9 bytes in, behind record and message header) shows.
   */
  private static boolean isOverwrittenHello(byte[] first, int zeros) {
    return zeros > 0
        && zeros <= HELLO_VERSION
        && first.length > HELLO_VERSION + 1
        && first[HELLO_VERSION] == 3
        && isMinorVersion(first[HELLO_VERSION + 1])
        && (zeros > HELLO_TYPE || first[HELLO_TYPE] == 1 || first[HELLO_TYPE] == 2);
  }

  private static boolean isMinorVersion(byte value) {
    return value >= 0 && value <= 4;
  }

  private static String reason(Flow flow, FlowFacts facts, boolean originator, boolean responder) {
    StringBuilder text = new StringBuilder(160);
    text.append("Payload on HTTPS port ").append(Endpoints.serverPort(flow));
    text.append(" is neither TLS nor a known protocol");
    if (originator) {
      boolean client = flow.opener == Direction.ORIGINATOR;
      describe(text, client ? "client" : "server", facts.originatorUnknown);
    }
    if (responder) {
      boolean client = flow.opener == Direction.RESPONDER;
      describe(text, client ? "client" : "server", facts.responderUnknown);
    }
    return text.append('.').toString();
  }

  private static void describe(StringBuilder text, String who, UnknownBytes bytes) {
    double most = Math.min(8, Math.log(bytes.lengthBytes()) / Math.log(2));
    text.append(
        String.format(
            Locale.ROOT,
            "; %s: entropy %.1f of at most %.1f bits a byte, %.0f %% printable, in the first %d"
                + " bytes",
            who,
            bytes.entropyBits(),
            most,
            bytes.printableShare() * 100,
            bytes.lengthBytes()));
  }
}
