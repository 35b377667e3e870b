package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.tls.CertificateFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** The TLS of a flow, also where it runs within a tunnel. */
final class TlsView {
  /** Classes of facts in which the TLS of a flow may be. */
  static final List<Class<?>> NEEDS = List.of(TlsFacts.class);

  private TlsView() {}

  /** What is known of the TLS, or null. */
  static TlsFacts of(FlowFacts facts) {
    return facts.find(TlsFacts.class);
  }

  /** The server's own certificate, or null. */
  static CertificateFacts certificate(FlowFacts facts) {
    TlsFacts tls = of(facts);
    return tls == null || tls.certificates.isEmpty() ? null : tls.certificates.get(0);
  }

  /** Packet time of the handshake, milliseconds since the epoch: what validity is judged by. */
  static long handshakeMillis(Flow flow, TlsFacts tls) {
    long nanos = tls.clientHelloNanos == 0 ? flow.startNanos : tls.clientHelloNanos;
    return Math.floorDiv(nanos, 1_000_000L);
  }

  /** How a reason names the server: by the name asked for, or by its port alone. */
  static String server(TlsFacts tls, int port) {
    return tls.serverName == null
        ? "port " + port
        : Masks.host(tls.serverName) + " (port " + port + ")";
  }
}
