package dev.forensics.indexer.detect.conflict;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Dialogue;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocols;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.detect.wire.Guesses;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.StreamConflict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Reads a version as if it were all that its direction said, by the protocols' own parsers. */
final class Versions {
  private static final int DIGITS = 16;

  private Versions() {}

  static Version read(Flow flow, StreamConflict conflict, byte[] bytes, int origin) {
    FlowFacts facts = facts(flow, conflict.by(), bytes, conflict.timestampNanos());
    return new Version(
        message(facts),
        host(facts),
        bytes.length,
        sha256(bytes),
        StreamConflict.ttl(origin),
        StreamConflict.identification(origin));
  }

  /** What it says about who the client is does not count for the flow. */
  private static FlowFacts facts(Flow flow, Direction by, byte[] bytes, long timestampNanos) {
    Direction opener = flow.opener;
    FlowFacts facts = new FlowFacts();
    Dialogue alone = new Dialogue(flow, facts, Protocols.set(), DetectionSettings.defaults());
    alone.payload(by, bytes, 0, bytes.length, timestampNanos);
    alone.ended();
    flow.opener = opener;
    return facts;
  }

  private static String message(FlowFacts facts) {
    HttpFacts http = facts.get(HttpFacts.class);
    if (http != null && http.firstRequest() != null) {
      return "HTTP request " + Masks.method(http.firstRequest().method());
    }
    if (http != null && !http.responses.isEmpty()) {
      HttpResponse response = http.responses.get(0);
      return "HTTP answer " + response.status();
    }
    TlsFacts tls = facts.get(TlsFacts.class);
    if (tls != null && (tls.clientHello || tls.serverHello)) {
      return tls.clientHello ? "TLS ClientHello" : "TLS ServerHello";
    }
    String protocol = facts.protocol();
    return protocol == null ? null : protocol.toUpperCase(Locale.ROOT);
  }

  private static String host(FlowFacts facts) {
    HttpFacts http = facts.get(HttpFacts.class);
    HttpRequest request = http == null ? null : http.firstRequest();
    if (request != null) {
      return request.host() == null || request.host().isEmpty() ? null : request.host();
    }
    TlsFacts tls = facts.get(TlsFacts.class);
    return tls == null ? null : tls.serverName;
  }

  /** Null where it would let a password be guessed: an opponent has a login sent again. */
  private static String sha256(byte[] bytes) {
    if (!Guesses.areUnguessable(bytes)) {
      return null;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-256", e);
    }
  }
}
