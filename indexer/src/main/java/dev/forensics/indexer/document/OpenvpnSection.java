package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.openvpn.OpenvpnFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "openvpn" of "forensics". */
final class OpenvpnSection implements FactsSection<OpenvpnFacts> {
  private static final SerializableString OPENVPN = JsonWriter.name("openvpn");
  private static final SerializableString CONTROL_PROTECTION =
      JsonWriter.name("control_protection");
  private static final SerializableString CLIENT_SESSION_ID = JsonWriter.name("client_session_id");
  private static final SerializableString SERVER_SESSION_ID = JsonWriter.name("server_session_id");

  @Override
  public Class<OpenvpnFacts> facts() {
    return OpenvpnFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own(
            "control_protection",
            KEYWORD,
            "Protection of the control channel: none, tls-auth or tls-crypt.",
            "tls-auth"),
        own("client_session_id", KEYWORD, "Session id of the client.", "81381e9b1f4d2c7a"),
        own("server_session_id", KEYWORD, "Session id of the server.", "5f2a1d3c4b6e7f80"));
  }

  @Override
  public void writeForensics(OpenvpnFacts facts, Flow flow, JsonWriter json) {
    json.open(OPENVPN);
    json.text(CONTROL_PROTECTION, facts.controlProtection);
    json.text(CLIENT_SESSION_ID, facts.clientSessionId);
    json.text(SERVER_SESSION_ID, facts.serverSessionId);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.openvpn." + name, type, meaning, example);
  }
}
