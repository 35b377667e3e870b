package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.detect.conflict.Version;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.Locale;

/**
 * Different bytes for the same sequence numbers of a TCP stream. Raised at once where another
 * message came from another way; else at the deadline or the flow's end, since a graver conflict
 * may follow.
 */
public final class TcpStreamConflict implements DetectionRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "tcp-stream-conflict",
          "Different bytes for the same TCP sequence numbers",
          "1",
          "misuse",
          Severity.MEDIUM,
          "In one direction of a TCP connection different payload was sent for the same sequence"
              + " numbers: what a retransmission never does. The first version to arrive is the one"
              + " that the documents tell of; forensics.conflict names both.",
          "Somebody on the way answers in the server's name (an injected redirect or page, which"
              + " wins the race against the true answer), or a client sends decoys that the server"
              + " never sees, to hide its requests from inspection.",
          "https://attack.mitre.org/techniques/T1659/",
          List.of("T1659", "T1557"),
          List.of(
              "filters of schools, companies and countries that answer with a page of their own",
              "software against such filters, which sends decoys with a low time to live",
              "a middlebox that rewrites content, captured on both of its sides",
              "packets damaged on the way, or by the capturing itself"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Class<?>> needs() {
    return List.of(ConflictFacts.class);
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    ConflictFacts conflict = facts.get(ConflictFacts.class);
    if (conflict == null) {
      return null;
    }
    ConflictFacts.Weight weight = conflict.weight();
    if (weight != ConflictFacts.Weight.MESSAGE_OTHER_WAY && !Quality.last(occasion)) {
      return Verdict.LATER;
    }
    return Quality.verdict(
        INFO, severity(weight), confidence(weight), reason(flow, conflict), timestampNanos);
  }

  private static Severity severity(ConflictFacts.Weight weight) {
    return switch (weight) {
      case MESSAGE_OTHER_WAY -> Severity.HIGH;
      case MESSAGE, OTHER_WAY -> Severity.MEDIUM;
      case BYTES, FEW_BYTES -> Severity.LOW;
    };
  }

  private static int confidence(ConflictFacts.Weight weight) {
    return switch (weight) {
      case MESSAGE_OTHER_WAY -> 95;
      case MESSAGE, OTHER_WAY -> 85;
      case BYTES -> 70;
      case FEW_BYTES -> 50;
    };
  }

  private static String reason(Flow flow, ConflictFacts conflict) {
    boolean ofClient = conflict.by == flow.opener;
    return String.format(
        Locale.ROOT,
        "The %s's direction of a connection to port %d has two versions of the same bytes: first"
            + " %s, then %s; %d of %d bytes compared differ, from offset %d on; %s.",
        ofClient ? "client" : "server",
        Endpoints.serverPort(flow),
        text(conflict.accepted),
        text(conflict.refused),
        conflict.differingBytes,
        conflict.comparedBytes,
        conflict.offset,
        ofClient
            ? "a decoy against inspection looks like this, or a request in the client's name"
            : "an answer injected in the server's name looks like this");
  }

  private static String text(Version version) {
    StringBuilder text = new StringBuilder(80);
    text.append(version.text() == null ? "unknown bytes" : Quote.of(version.text()));
    text.append(" (").append(version.lengthBytes()).append(" bytes");
    if (version.ttl() >= 0) {
      text.append(", TTL ").append(version.ttl());
    }
    return text.append(')').toString();
  }
}
