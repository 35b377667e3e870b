package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.TunnelFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The innermost plaintext of a kind that was sent to an HTTPS port: the flow's, or that of a target
 * behind a proxy whose own port may be any.
 *
 * @param level facts of the stream that the plaintext is of
 * @param said the plaintext's facts
 * @param port the HTTPS port
 * @param target the target that has this port; null when the flow's server has it
 */
record Plaintext<T>(FlowFacts level, T said, int port, TunnelFacts target) {

  /** Looks through the streams within one another; null when there is none. */
  static <T> Plaintext<T> onHttpsPort(
      Flow flow, FlowFacts facts, DetectionSettings settings, Class<T> type) {
    int port = Endpoints.serverPort(flow);
    boolean https = settings.isHttpsPort(port);
    TunnelFacts target = null;
    Plaintext<T> found = null;
    for (FlowFacts level = facts; level != null; level = within(level)) {
      TunnelFacts around = level.within();
      if (!https && around != null && settings.isHttpsPort(around.targetPort())) {
        https = true;
        port = around.targetPort();
        target = around;
      }
      T said = https ? level.get(type) : null;
      found = said == null ? found : new Plaintext<>(level, said, port, target);
    }
    return found;
  }

  private static FlowFacts within(FlowFacts level) {
    return level.tunnel == null ? null : level.tunnel.inner();
  }

  /** " of host" where a proxy was asked for it; empty when the flow's server has the port. */
  String owner() {
    return target == null || target.targetHost() == null
        ? ""
        : " of " + Masks.host(target.targetHost());
  }

  /** How it gets there: through which proxies, outermost first; empty for the flow itself. */
  String way(Flow flow) {
    List<String> proxies = proxies();
    if (proxies.isEmpty()) {
      return "";
    }
    String through = " through the " + String.join(" and the ", proxies);
    if (target != null) {
      return through + " on port " + Endpoints.serverPort(flow);
    }
    TunnelFacts reached = level.target();
    return reached == null || reached.targetHost() == null
        ? through
        : through
            + " there to "
            + Masks.host(reached.targetHost())
            + " port "
            + reached.targetPort();
  }

  private List<String> proxies() {
    List<String> proxies = new ArrayList<>();
    for (FlowFacts facts = level; facts.within() != null; facts = facts.outer) {
      String name =
          switch (facts.within().carrier()) {
            case "http-connect" -> "HTTP proxy";
            case "socks4" -> "SOCKS 4 proxy";
            case "socks5" -> "SOCKS 5 proxy";
            default -> "WebSocket";
          };
      proxies.add(name);
    }
    Collections.reverse(proxies);
    return proxies;
  }
}
