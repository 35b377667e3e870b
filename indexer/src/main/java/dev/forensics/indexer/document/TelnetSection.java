package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.telnet.TelnetFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "telnet" of "forensics". */
final class TelnetSection implements FactsSection<TelnetFacts> {
  private static final SerializableString TELNET = JsonWriter.name("telnet");
  private static final SerializableString NEGOTIATIONS = JsonWriter.name("negotiations");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString ENCRYPTED = JsonWriter.name("encrypted");

  @Override
  public Class<TelnetFacts> facts() {
    return TelnetFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("negotiations", LONG, "Options negotiated, both sides.", "8").unit("options"),
        own(
            "user",
            KEYWORD,
            "Name typed at the last login prompt; only its length when no password followed it.",
            "alice"),
        own("encrypted", BOOLEAN, "The ENCRYPT option was used.", "false"));
  }

  @Override
  public void writeForensics(TelnetFacts facts, Flow flow, JsonWriter json) {
    json.open(TELNET);
    json.number(NEGOTIATIONS, facts.negotiations);
    json.text(USER, shown(facts));
    json.flag(ENCRYPTED, facts.encrypted);
    json.close();
  }

  @Override
  public void names(TelnetFacts facts, HostNames names) {
    names.shownUser(shown(facts));
  }

  /** A name that no password followed may be one, typed at the wrong prompt. */
  private static String shown(TelnetFacts facts) {
    return facts.passwordTyped ? Masks.user(facts.user) : Masks.refusedUser(facts.user);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.telnet." + name, type, meaning, example);
  }
}
