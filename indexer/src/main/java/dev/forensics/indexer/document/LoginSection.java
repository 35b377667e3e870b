package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.Objects;

/** "login" of "forensics": logins in the clear, never a password. */
final class LoginSection implements FactsSection<CleartextLogins> {
  private static final SerializableString LOGIN = JsonWriter.name("login");
  private static final SerializableString COUNT = JsonWriter.name("count");
  private static final SerializableString ACCEPTED = JsonWriter.name("accepted");
  private static final SerializableString REFUSED = JsonWriter.name("refused");
  private static final SerializableString SCHEMES = JsonWriter.name("schemes");
  private static final SerializableString USERS = JsonWriter.name("users");
  private static final SerializableString EXPOSED = JsonWriter.name("password_exposed");

  @Override
  public Class<CleartextLogins> facts() {
    return CleartextLogins.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("count", LONG, "Logins sent in the clear.", "1").unit("logins"),
        own("accepted", LONG, "Those that the server accepted.", "1").unit("logins"),
        own("refused", LONG, "Those that the server refused.", "0").unit("logins"),
        own("schemes", KEYWORD, "How they were sent.", "AUTH PLAIN").many(),
        own(
                "users",
                KEYWORD,
                "User names of the first 16 logins; one that was refused and followed by another is"
                    + " masked unless systems have such an account.",
                "alice")
            .many(),
        own(
            "password_exposed",
            BOOLEAN,
            "A password itself (not a digest of it) was on the wire; it is not stored.",
            "true"));
  }

  @Override
  public void writeForensics(CleartextLogins facts, Flow flow, JsonWriter json) {
    List<CleartextLogin> logins = facts.logins();
    json.open(LOGIN);
    json.number(COUNT, facts.count);
    json.number(ACCEPTED, facts.accepted);
    json.number(REFUSED, facts.refused);
    json.texts(SCHEMES, logins.stream().map(CleartextLogin::scheme).distinct().toList());
    json.texts(
        USERS, logins.stream().map(facts::shownUser).filter(Objects::nonNull).distinct().toList());
    json.flag(EXPOSED, logins.stream().anyMatch(CleartextLogin::passwordExposed));
    json.close();
  }

  @Override
  public void names(CleartextLogins facts, HostNames names) {
    facts.logins().forEach(login -> names.shownUser(facts.shownUser(login)));
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.login." + name, type, meaning, example);
  }
}
