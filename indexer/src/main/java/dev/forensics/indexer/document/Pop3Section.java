package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.pop3.Pop3Facts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "pop3" of "forensics". */
final class Pop3Section implements FactsSection<Pop3Facts> {
  private static final SerializableString POP3 = JsonWriter.name("pop3");
  private static final SerializableString GREETING = JsonWriter.name("greeting");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString RETRIEVED = JsonWriter.name("retrieved");
  private static final SerializableString START_TLS = JsonWriter.name("start_tls");

  @Override
  public Class<Pop3Facts> facts() {
    return Pop3Facts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("greeting", KEYWORD, "First line of the server's greeting.", "+OK ready"),
        own("user", KEYWORD, "User name of the last USER or APOP.", "alice"),
        own("retrieved", LONG, "Messages fetched.", "3").unit("messages"),
        own("start_tls", BOOLEAN, "The session turned to TLS.", "false"));
  }

  @Override
  public void writeForensics(Pop3Facts facts, Flow flow, JsonWriter json) {
    json.open(POP3);
    json.text(GREETING, Masks.text(facts.greeting));
    json.text(USER, Masks.user(facts.user));
    json.number(RETRIEVED, facts.retrieved);
    json.flag(START_TLS, facts.startTls);
    json.close();
  }

  @Override
  public void names(Pop3Facts facts, HostNames names) {
    names.user(facts.user);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.pop3." + name, type, meaning, example);
  }
}
