package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.imap.ImapFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "imap" of "forensics". */
final class ImapSection implements FactsSection<ImapFacts> {
  private static final SerializableString IMAP = JsonWriter.name("imap");
  private static final SerializableString GREETING = JsonWriter.name("greeting");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString AUTH_MECHANISM = JsonWriter.name("auth_mechanism");
  private static final SerializableString COMMANDS = JsonWriter.name("commands");
  private static final SerializableString START_TLS = JsonWriter.name("start_tls");

  @Override
  public Class<ImapFacts> facts() {
    return ImapFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("greeting", KEYWORD, "The server's greeting.", "* OK ready"),
        own("user", KEYWORD, "User name of the last LOGIN.", "alice"),
        own("auth_mechanism", KEYWORD, "Mechanism of the last AUTHENTICATE.", "PLAIN"),
        own("commands", LONG, "Commands of the client.", "12").unit("commands"),
        own("start_tls", BOOLEAN, "The session turned to TLS.", "false"));
  }

  @Override
  public void writeForensics(ImapFacts facts, Flow flow, JsonWriter json) {
    json.open(IMAP);
    json.text(GREETING, Masks.text(facts.greeting));
    json.text(USER, Masks.user(facts.user));
    json.text(AUTH_MECHANISM, Masks.mechanism(facts.authMechanism));
    json.number(COMMANDS, facts.commands);
    json.flag(START_TLS, facts.startTls);
    json.close();
  }

  @Override
  public void names(ImapFacts facts, HostNames names) {
    names.user(facts.user);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.imap." + name, type, meaning, example);
  }
}
