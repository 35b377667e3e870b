package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.IP;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.forward.ForwardedFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "forwarded" of "forensics": the clients that a proxy says it speaks for. */
final class ForwardedSection implements FactsSection<ForwardedFacts> {
  private static final SerializableString FORWARDED = JsonWriter.name("forwarded");
  private static final SerializableString BY = JsonWriter.name("by");
  private static final SerializableString CLIENT_IP = JsonWriter.name("client_ip");
  private static final SerializableString CLIENT_PORT = JsonWriter.name("client_port");
  private static final SerializableString SERVER_IP = JsonWriter.name("server_ip");
  private static final SerializableString SERVER_PORT = JsonWriter.name("server_port");

  @Override
  public Class<ForwardedFacts> facts() {
    return ForwardedFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own(
                "by",
                KEYWORD,
                "What names the clients that the source says it speaks for: proxy-v1 or proxy-v2"
                    + " (header of the PROXY protocol), forwarded or x-forwarded-for (fields of"
                    + " HTTP). Anybody can send these.",
                "proxy-v2")
            .many(),
        own(
                "client_ip",
                IP,
                "Addresses of those clients, at most 32; source.ip stays who really sent the"
                    + " packets.",
                "192.0.2.50")
            .many(),
        own("client_port", LONG, "Port of the first of them.", "40000"),
        own("server_ip", IP, "Address that the first client called.", "203.0.113.77"),
        own("server_port", LONG, "Port that the first client called.", "443"));
  }

  @Override
  public void writeForensics(ForwardedFacts facts, Flow flow, JsonWriter json) {
    json.open(FORWARDED);
    json.texts(BY, facts.by);
    json.texts(CLIENT_IP, facts.addresses.values());
    if (facts.port > 0) {
      json.number(CLIENT_PORT, facts.port);
    }
    json.text(SERVER_IP, facts.serverAddress);
    if (facts.serverPort > 0) {
      json.number(SERVER_PORT, facts.serverPort);
    }
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.forwarded." + name, type, meaning, example);
  }
}
