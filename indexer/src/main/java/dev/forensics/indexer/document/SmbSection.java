package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.smb.SmbFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "smb" of "forensics". */
final class SmbSection implements FactsSection<SmbFacts> {
  private static final SerializableString SMB = JsonWriter.name("smb");
  private static final SerializableString VERSION1 = JsonWriter.name("version1");
  private static final SerializableString VERSION2 = JsonWriter.name("version2");
  private static final SerializableString DIALECT = JsonWriter.name("dialect");
  private static final SerializableString ENCRYPTED = JsonWriter.name("encrypted");
  private static final SerializableString SIGNING_REQUIRED = JsonWriter.name("signing_required");
  private static final SerializableString MESSAGES = JsonWriter.name("messages");

  @Override
  public Class<SmbFacts> facts() {
    return SmbFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("version1", BOOLEAN, "Messages of SMB 1 were seen.", "false"),
        own("version2", BOOLEAN, "Messages of SMB 2 or 3 were seen.", "true"),
        own("dialect", KEYWORD, "Dialect that the server chose.", "3.1.1"),
        own("encrypted", BOOLEAN, "Encrypted messages were seen.", "false"),
        own("signing_required", BOOLEAN, "The server requires signatures.", "true"),
        own("messages", LONG, "Messages whose header was seen.", "12").unit("messages"));
  }

  @Override
  public void writeForensics(SmbFacts facts, Flow flow, JsonWriter json) {
    json.open(SMB);
    json.flag(VERSION1, facts.version1);
    json.flag(VERSION2, facts.version2);
    json.text(DIALECT, facts.dialect);
    json.flag(ENCRYPTED, facts.encrypted);
    json.flag(SIGNING_REQUIRED, facts.signingRequired);
    json.number(MESSAGES, facts.messages);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.smb." + name, type, meaning, example);
  }
}
