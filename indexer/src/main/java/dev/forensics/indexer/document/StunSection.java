package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.stun.StunFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "stun" of "forensics". */
final class StunSection implements FactsSection<StunFacts> {
  private static final SerializableString STUN = JsonWriter.name("stun");
  private static final SerializableString MESSAGES = JsonWriter.name("messages");
  private static final SerializableString SOFTWARE = JsonWriter.name("software");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString REALM = JsonWriter.name("realm");
  private static final SerializableString MAPPED_ADDRESS = JsonWriter.name("mapped_address");
  private static final SerializableString TURN = JsonWriter.name("turn");

  @Override
  public Class<StunFacts> facts() {
    return StunFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("messages", LONG, "Messages.", "4").unit("messages"),
        own("software", KEYWORD, "SOFTWARE seen last.", "coturn-4.6"),
        own("user", KEYWORD, "USERNAME seen last.", "abcd:efgh"),
        own("realm", KEYWORD, "REALM seen last.", "example.org"),
        own(
            "mapped_address",
            KEYWORD,
            "Address and port of the client as the server saw them.",
            "198.51.100.4:40000"),
        own("turn", BOOLEAN, "A TURN method was seen: a relay.", "false"));
  }

  @Override
  public void writeForensics(StunFacts facts, Flow flow, JsonWriter json) {
    json.open(STUN);
    json.number(MESSAGES, facts.messages);
    json.text(SOFTWARE, Masks.software(facts.software));
    json.text(USER, Masks.label(facts.user));
    json.text(REALM, Masks.host(facts.realm));
    json.text(MAPPED_ADDRESS, facts.mappedAddress);
    json.flag(TURN, facts.turn);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.stun." + name, type, meaning, example);
  }
}
