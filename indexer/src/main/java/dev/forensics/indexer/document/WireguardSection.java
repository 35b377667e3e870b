package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.wireguard.WireguardFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "wireguard" of "forensics". */
final class WireguardSection implements FactsSection<WireguardFacts> {
  private static final SerializableString WIREGUARD = JsonWriter.name("wireguard");
  private static final SerializableString INITIATIONS = JsonWriter.name("initiations");
  private static final SerializableString RESPONSES = JsonWriter.name("responses");
  private static final SerializableString COOKIES = JsonWriter.name("cookies");
  private static final SerializableString TRANSPORTS = JsonWriter.name("transports");

  @Override
  public Class<WireguardFacts> facts() {
    return WireguardFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("initiations", LONG, "Handshake initiations.", "1").unit("messages"),
        own("responses", LONG, "Handshake responses.", "1").unit("messages"),
        own("cookies", LONG, "Cookie replies: a peer under load.", "0").unit("messages"),
        own("transports", LONG, "Transport messages.", "42").unit("messages"));
  }

  @Override
  public void writeForensics(WireguardFacts facts, Flow flow, JsonWriter json) {
    json.open(WIREGUARD);
    json.number(INITIATIONS, facts.initiations);
    json.number(RESPONSES, facts.responses);
    json.number(COOKIES, facts.cookies);
    json.number(TRANSPORTS, facts.transports);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.wireguard." + name, type, meaning, example);
  }
}
