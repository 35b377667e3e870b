package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** MTProto over TCP on an HTTPS port: Telegram where TLS is expected, also under obfuscation. */
public final class MtprotoOnHttpsPort implements DetectionRule {
  private static final int TCP = 6;

  private static final RuleInfo INFO =
      new RuleInfo(
          "mtproto-on-https-port",
          "Telegram's MTProto on an HTTPS port",
          "1",
          "policy",
          Severity.LOW,
          "A connection to an HTTPS port carries MTProto, the protocol of Telegram, without TLS.",
          "It passes as HTTPS where only the port is looked at. Its content is encrypted, but the"
              + " id of the device's key travels in the clear or under an obfuscation that anybody"
              + " can remove, so that a device can be followed from network to network.",
          "https://core.telegram.org/mtproto/mtproto-transports",
          List.of("T1571"),
          List.of("Telegram clients: port 443 is their first choice"));

  private final DetectionSettings settings;
  private final Attribution attribution;

  /** Makes the rule for the HTTPS ports of the settings. */
  public MtprotoOnHttpsPort(DetectionSettings settings, Attribution attribution) {
    this.settings = settings;
    this.attribution = attribution;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Class<?>> needs() {
    return List.of(MtprotoFacts.class);
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    Plaintext<MtprotoFacts> plaintext =
        flow.protocol == TCP
            ? Plaintext.onHttpsPort(flow, facts, settings, MtprotoFacts.class)
            : null;
    if (plaintext == null
        || !"mtproto".equals(plaintext.level().protocol())
        || Plaintext.onHttpsPort(flow, facts, settings, HttpFacts.class) != null) {
      return null; // with HTTP around it, it is http-on-https-port
    }
    MtprotoFacts mtproto = plaintext.said();
    boolean last = occasion == Occasion.DEADLINE || occasion == Occasion.ENDED;
    if (mtproto.messages == 0 && !last) {
      return Verdict.LATER;
    }
    int confidence = mtproto.messages > 0 ? 99 : 95;
    double risk = INFO.severity().number() * confidence / 100.0;
    String reason = reason(flow, plaintext);
    return new Verdict(INFO, null, confidence, INFO.severity(), risk, reason, timestampNanos, null);
  }

  private String reason(Flow flow, Plaintext<MtprotoFacts> plaintext) {
    MtprotoFacts mtproto = plaintext.said();
    Registration holder =
        attribution.lookup(flow.ipVersion, Endpoints.serverHigh(flow), Endpoints.serverLow(flow));
    StringBuilder text = new StringBuilder(160);
    text.append("MTProto (").append(mtproto.transport).append(" transport");
    if (mtproto.obfuscated) {
      text.append(", obfuscation removed with the key in its first 64 bytes");
    }
    text.append(") on HTTPS port ").append(plaintext.port());
    text.append(plaintext.owner());
    if (plaintext.level().outer != null) {
      text.append(plaintext.way(flow));
    } else if (holder != null) {
      text.append(" of ").append(holder.organization());
    } else {
      text.append(" of an address outside the registered prefixes, perhaps a proxy");
    }
    if (mtproto.authKeyId != null) {
      text.append("; key ")
          .append(mtproto.authKeyId)
          .append(" can be followed from network to network");
      if (mtproto.keys.size() > 1) {
        text.append(", ").append(mtproto.keys.size()).append(" keys in all");
      }
    } else if (mtproto.constructor != null) {
      text.append("; begins with ").append(mtproto.constructor);
    }
    return text.append('.').toString();
  }
}
