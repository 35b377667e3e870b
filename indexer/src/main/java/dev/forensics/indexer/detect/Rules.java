package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.rule.CleartextCredentials;
import dev.forensics.indexer.detect.rule.HttpOnHttpsPort;
import dev.forensics.indexer.detect.rule.MtprotoOnHttpsPort;
import dev.forensics.indexer.detect.rule.ProtocolPortMismatch;
import dev.forensics.indexer.detect.rule.TcpStreamConflict;
import dev.forensics.indexer.detect.rule.TlsCertificateExpired;
import dev.forensics.indexer.detect.rule.TlsCertificateNameMismatch;
import dev.forensics.indexer.detect.rule.TlsCertificateSelfSigned;
import dev.forensics.indexer.detect.rule.TlsObsoleteVersion;
import dev.forensics.indexer.detect.rule.TlsOnUnexpectedPort;
import dev.forensics.indexer.detect.rule.UnknownOnHttpsPort;
import dev.forensics.indexer.enrich.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of built-in rules. A test fails when a rule is missing here. */
public final class Rules {
  private Rules() {}

  /** Ids of all built-in rules. */
  public static Set<String> ids() {
    return builtIn(DetectionSettings.defaults(), Attribution.NONE).stream()
        .map(rule -> rule.info().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All built-in rules, those that the settings disable left out. */
  public static List<DetectionRule> builtIn(DetectionSettings settings, Attribution attribution) {
    List<DetectionRule> all =
        List.of(
            new HttpOnHttpsPort(settings, attribution),
            new MtprotoOnHttpsPort(settings, attribution),
            new ProtocolPortMismatch(settings),
            new UnknownOnHttpsPort(settings),
            new TlsOnUnexpectedPort(settings),
            new CleartextCredentials(),
            new TlsObsoleteVersion(),
            new TlsCertificateExpired(),
            new TlsCertificateSelfSigned(),
            new TlsCertificateNameMismatch(),
            new TcpStreamConflict());
    List<DetectionRule> enabled = new ArrayList<>();
    for (DetectionRule rule : all) {
      if (!settings.disabledRules().contains(rule.info().id())) {
        enabled.add(rule);
      }
    }
    return List.copyOf(enabled);
  }
}
