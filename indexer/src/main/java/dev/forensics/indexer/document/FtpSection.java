package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.ftp.FtpFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "ftp" of "forensics". */
final class FtpSection implements FactsSection<FtpFacts> {
  private static final SerializableString FTP = JsonWriter.name("ftp");
  private static final SerializableString GREETING = JsonWriter.name("greeting");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString COMMANDS = JsonWriter.name("commands");
  private static final SerializableString FILES = JsonWriter.name("files");
  private static final SerializableString FILE_COMMANDS = JsonWriter.name("file_commands");
  private static final SerializableString START_TLS = JsonWriter.name("start_tls");

  @Override
  public Class<FtpFacts> facts() {
    return FtpFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("greeting", KEYWORD, "First line of the server's greeting.", "220 ready"),
        own("user", KEYWORD, "User name of the last USER.", "alice"),
        own("commands", LONG, "Commands of the client.", "9").unit("commands"),
        own(
                "files",
                KEYWORD,
                "Commands on files with the names given, at most 32.",
                "RETR report.pdf")
            .many(),
        own("file_commands", LONG, "All commands on files.", "1").unit("commands"),
        own("start_tls", BOOLEAN, "The session turned to TLS.", "false"));
  }

  @Override
  public void writeForensics(FtpFacts facts, Flow flow, JsonWriter json) {
    json.open(FTP);
    json.text(GREETING, Masks.text(facts.greeting));
    json.text(USER, Masks.user(facts.user));
    json.number(COMMANDS, facts.commands);
    json.texts(FILES, facts.files.stream().map(Masks::path).toList());
    json.number(FILE_COMMANDS, facts.fileCommands);
    json.flag(START_TLS, facts.startTls);
    json.close();
  }

  @Override
  public void names(FtpFacts facts, HostNames names) {
    names.user(facts.user);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.ftp." + name, type, meaning, example);
  }
}
