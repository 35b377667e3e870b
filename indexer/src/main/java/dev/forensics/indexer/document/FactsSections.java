package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** The list of all protocols' sections, in the order in which documents show them. */
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
          new StunSection(),
          new OpenvpnSection(),
          new WireguardSection(),
          new BittorrentSection());

  private FactsSections() {}

  static void writeRoot(FlowFacts facts, Flow flow, JsonWriter json) {
    for (int i = 0; i < ALL.size(); i++) {
      writeRoot(ALL.get(i), facts, flow, json);
    }
  }

  static void writeForensics(FlowFacts facts, Flow flow, JsonWriter json) {
    for (int i = 0; i < ALL.size(); i++) {
      writeForensics(ALL.get(i), facts, flow, json);
    }
  }

  static void names(FlowFacts facts, HostNames names) {
    for (int i = 0; i < ALL.size(); i++) {
      names(ALL.get(i), facts, names);
    }
  }

  private static <T> void writeRoot(
      FactsSection<T> section, FlowFacts facts, Flow flow, JsonWriter json) {
    T known = facts.get(section.facts());
    if (known != null) {
      section.writeRoot(known, flow, json);
    }
  }

  private static <T> void writeForensics(
      FactsSection<T> section, FlowFacts facts, Flow flow, JsonWriter json) {
    T known = facts.get(section.facts());
    if (known != null) {
      section.writeForensics(known, flow, json);
    }
  }

  private static <T> void names(FactsSection<T> section, FlowFacts facts, HostNames names) {
    T known = facts.get(section.facts());
    if (known != null) {
      section.names(known, names);
    }
  }
}
