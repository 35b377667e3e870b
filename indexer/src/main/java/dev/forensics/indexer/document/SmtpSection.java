package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.smtp.SmtpFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "smtp" of "forensics". */
final class SmtpSection implements FactsSection<SmtpFacts> {
  private static final SerializableString SMTP = JsonWriter.name("smtp");
  private static final SerializableString GREETING = JsonWriter.name("greeting");
  private static final SerializableString CLIENT_NAME = JsonWriter.name("client_name");
  private static final SerializableString MAIL_FROM = JsonWriter.name("mail_from");
  private static final SerializableString RECIPIENTS = JsonWriter.name("recipients");
  private static final SerializableString RECIPIENT_COUNT = JsonWriter.name("recipient_count");
  private static final SerializableString MESSAGES = JsonWriter.name("messages");
  private static final SerializableString AUTH_MECHANISM = JsonWriter.name("auth_mechanism");
  private static final SerializableString START_TLS = JsonWriter.name("start_tls");

  @Override
  public Class<SmtpFacts> facts() {
    return SmtpFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own(
            "greeting",
            KEYWORD,
            "First line of the server's greeting.",
            "220 mail.example.org ESMTP"),
        own(
            "client_name",
            KEYWORD,
            "Name that the client gave in EHLO or HELO.",
            "client.example.org"),
        own("mail_from", KEYWORD, "Sender of the first message.", "alice@example.org"),
        own("recipients", KEYWORD, "Recipients, at most 16.", "bob@example.org").many(),
        own("recipient_count", LONG, "All recipients.", "1").unit("recipients"),
        own("messages", LONG, "Messages sent.", "1").unit("messages"),
        own("auth_mechanism", KEYWORD, "Mechanism of the last AUTH.", "PLAIN"),
        own("start_tls", BOOLEAN, "The session turned to TLS.", "false"));
  }

  @Override
  public void writeForensics(SmtpFacts facts, Flow flow, JsonWriter json) {
    json.open(SMTP);
    json.text(GREETING, Masks.text(facts.greeting));
    json.text(CLIENT_NAME, Masks.host(facts.clientName));
    json.text(MAIL_FROM, Masks.user(facts.mailFrom));
    json.texts(RECIPIENTS, facts.recipients.stream().map(Masks::user).toList());
    json.number(RECIPIENT_COUNT, facts.recipientCount);
    json.number(MESSAGES, facts.messages);
    json.text(AUTH_MECHANISM, Masks.mechanism(facts.authMechanism));
    json.flag(START_TLS, facts.startTls);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.smtp." + name, type, meaning, example);
  }
}
