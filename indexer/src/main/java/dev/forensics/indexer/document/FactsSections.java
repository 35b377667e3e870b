package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.TunnelFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/**
 * The list of all protocols' sections, in the order in which documents show them. Of a protocol
 * that is spoken at several depths (HTTP in the tunnel of an HTTP proxy), the innermost is shown.
 */
final class FactsSections {
  static final List<FactsSection<?>> ALL =
      List.of(
          new HttpSection(),
          new TlsSection(),
          new QuicSection(),
          new MtprotoSection(),
          new DnsSection(),
          new SshSection(),
          new LoginSection(),
          new SmtpSection(),
          new Pop3Section(),
          new ImapSection(),
          new FtpSection(),
          new TelnetSection(),
          new MqttSection(),
          new RdpSection(),
          new SmbSection(),
          new SocksSection(),
          new ForwardedSection(),
          new WebSocketSection(),
          new StunSection(),
          new OpenvpnSection(),
          new WireguardSection(),
          new BittorrentSection(),
          new ConflictSection());

  private static final List<Class<?>> TYPES =
      ALL.stream().<Class<?>>map(FactsSection::facts).toList();

  private FactsSections() {}

  static void writeRoot(FlowFacts facts, Flow flow, JsonWriter json) {
    if (hasFacts(facts)) {
      for (int i = 0; i < ALL.size(); i++) {
        if (facts.find(TYPES.get(i)) != null) {
          writeRoot(ALL.get(i), facts, flow, json);
        }
      }
    }
  }

  static void writeForensics(FlowFacts facts, Flow flow, PayloadSettings payload, JsonWriter json) {
    if (hasFacts(facts)) {
      for (int i = 0; i < ALL.size(); i++) {
        if (facts.find(TYPES.get(i)) != null) {
          writeForensics(ALL.get(i), facts, flow, payload, json);
        }
      }
    }
  }

  /** Names of the flow, then of what is within it, the innermost last. */
  static void names(FlowFacts facts, HostNames names) {
    if (hasFacts(facts)) {
      for (int i = 0; i < ALL.size(); i++) {
        if (facts.get(TYPES.get(i)) != null) {
          names(ALL.get(i), facts, names);
        }
      }
    }
    TunnelFacts tunnel = facts.tunnel;
    if (tunnel != null) {
      if (!tunnel.carrier().equals("websocket")) {
        names.enterProxy();
        names.related(tunnel.targetHost());
      }
      names(tunnel.inner(), names);
    }
  }

  /** Most flows have none, and then no section need be asked. */
  private static boolean hasFacts(FlowFacts facts) {
    return facts.revision() != 0;
  }

  private static <T> void writeRoot(
      FactsSection<T> section, FlowFacts facts, Flow flow, JsonWriter json) {
    section.writeRoot(facts.find(section.facts()), flow, json);
  }

  private static <T> void writeForensics(
      FactsSection<T> section,
      FlowFacts facts,
      Flow flow,
      PayloadSettings payload,
      JsonWriter json) {
    section.writeForensics(facts.find(section.facts()), flow, payload, json);
  }

  private static <T> void names(FactsSection<T> section, FlowFacts facts, HostNames names) {
    section.names(facts.get(section.facts()), names);
  }
}
