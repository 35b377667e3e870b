package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.socks.SocksFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "socks" of "forensics". */
final class SocksSection implements FactsSection<SocksFacts> {
  private static final SerializableString SOCKS = JsonWriter.name("socks");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString COMMAND = JsonWriter.name("command");
  private static final SerializableString TARGET_HOST = JsonWriter.name("target_host");
  private static final SerializableString TARGET_PORT = JsonWriter.name("target_port");
  private static final SerializableString REPLY = JsonWriter.name("reply");

  @Override
  public Class<SocksFacts> facts() {
    return SocksFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("version", LONG, "4 or 5.", "5"),
        own("command", KEYWORD, "connect, bind or udp.", "connect"),
        own(
            "target_host",
            KEYWORD,
            "Host that the client wants to reach through the proxy.",
            "inner.example.net"),
        own("target_port", LONG, "Port that the client wants to reach.", "443"),
        own("reply", LONG, "Answer of the proxy, 0 granted.", "0"));
  }

  @Override
  public void writeForensics(SocksFacts facts, Flow flow, JsonWriter json) {
    json.open(SOCKS);
    json.number(VERSION, facts.version);
    json.text(COMMAND, facts.command);
    json.text(TARGET_HOST, Masks.host(facts.targetHost));
    json.number(TARGET_PORT, facts.targetPort);
    if (facts.reply >= 0) {
      json.number(REPLY, facts.reply);
    }
    json.close();
  }

  @Override
  public void names(SocksFacts facts, HostNames names) {
    names.related(facts.targetHost);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.socks." + name, type, meaning, example);
  }
}
