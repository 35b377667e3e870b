package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.TelegramPath;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.enrich.Registration;
import java.util.List;

/** "telegram" of "forensics": which independent proofs of Telegram a flow shows. */
final class TelegramSection {
  static final List<Field> FIELDS =
      List.of(
          Field.own(
                  "forensics.telegram.proofs",
                  KEYWORD,
                  "Independent proofs of Telegram: path (an HTTP path of its API), envelope"
                      + " (MTProto in the bytes), prefix (the destination's registered holder). The"
                      + " path alone proves nothing.",
                  "envelope")
              .many());

  private static final String APPLICATION = "telegram";
  private static final SerializableString TELEGRAM = JsonWriter.name(APPLICATION);
  private static final SerializableString PROOFS = JsonWriter.name("proofs");
  private static final SerializableString PATH = JsonWriter.name("path");
  private static final SerializableString ENVELOPE = JsonWriter.name("envelope");
  private static final SerializableString PREFIX = JsonWriter.name("prefix");

  /** Lists of proofs by bits: 1 path, 2 envelope, 4 prefix. */
  private static final List<List<SerializableString>> LISTS =
      List.of(
          List.of(),
          List.of(PATH),
          List.of(ENVELOPE),
          List.of(PATH, ENVELOPE),
          List.of(PREFIX),
          List.of(PATH, PREFIX),
          List.of(ENVELOPE, PREFIX),
          List.of(PATH, ENVELOPE, PREFIX));

  private TelegramSection() {}

  static void write(FlowFacts facts, Registration destination, JsonWriter json) {
    int proofs =
        (hasPath(facts.find(HttpFacts.class)) ? 1 : 0)
            | (facts.find(MtprotoFacts.class) == null ? 0 : 2)
            | (destination != null && APPLICATION.equals(destination.application()) ? 4 : 0);
    if (proofs != 0) {
      json.open(TELEGRAM);
      json.constants(PROOFS, LISTS.get(proofs));
      json.close();
    }
  }

  private static boolean hasPath(HttpFacts facts) {
    if (facts == null) {
      return false;
    }
    List<String> paths = facts.paths.values();
    for (int i = 0; i < paths.size(); i++) {
      if (TelegramPath.matches(paths.get(i))) {
        return true;
      }
    }
    return false;
  }
}
