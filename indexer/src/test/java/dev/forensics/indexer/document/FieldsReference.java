package dev.forensics.indexer.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes docs/fields.md from the field catalogue. */
final class FieldsReference {
  private static final String INTRODUCTION =
      """
      # Fields

      Every field of every document. Made from the catalogue in the code: run
      `mvn test -pl indexer -Dtest=GeneratedFilesTest -Ddocs.update=true` after changing it.

      | documents | where | one per |
      | --- | --- | --- |
      | flow | data stream `logs-forensics.flow-<namespace>` | flow, or numbered segment of a long one |
      | alarm | data stream `logs-forensics.alarm-<namespace>` | flow and rule |
      | capture | index `forensics-captures` | capture file and sensor |

      - Names follow the [Elastic Common Schema](https://www.elastic.co/guide/en/ecs/current/index.html) 8.17;
        what it has no field for stands under `forensics`.
      - A field is absent when it is not known; it is never empty and never a placeholder.
      - Times are UTC with nanoseconds in the document; searches and sorting see milliseconds.
      - source and client are the side that opened the flow, destination and server the other one. For flows joined
        in their middle (`forensics.quality.midstream`) the protocol decides, else the first packet seen.
      - Text from packets is cut at 1,024 characters (the last one is then `…`), and each control character, invalid
        character and mark that changes the direction of text is replaced by U+FFFD.
      - The same packets give the same document, but for `event.created`, `event.ingested`, `log.file.path` and
        `forensics.capture.path`.
      - Type *keyword, search only* can be searched, but neither sorted nor aggregated; *not indexed* is only kept in
        the document.

      """;

  private FieldsReference() {}

  static String markdown() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    Map<String, List<Field>> groups =
        Fields.ALL.stream()
            .collect(
                Collectors.groupingBy(
                    FieldsReference::group, LinkedHashMap::new, Collectors.toList()));
    groups.forEach((group, fields) -> appendGroup(text, group, fields));
    return text.toString().stripTrailing() + "\n";
  }

  private static String group(Field field) {
    String[] path = field.name().split("\\.", -1);
    return path[0].equals("forensics") && path.length > 1 ? path[0] + "." + path[1] : path[0];
  }

  private static void appendGroup(StringBuilder text, String group, List<Field> fields) {
    text.append("## ").append(group).append("\n\n");
    text.append("| field | type | unit | in | meaning | example |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    for (Field field : fields) {
      text.append("| `").append(field.name()).append("` | ");
      text.append(type(field)).append(" | ");
      text.append(field.unit()).append(" | ");
      text.append(documents(field)).append(" | ");
      text.append(escape(field.meaning())).append(" | `");
      text.append(escape(field.example())).append("` |\n");
    }
    text.append("\n");
  }

  private static String type(Field field) {
    String type =
        switch (field.type()) {
          case KEYWORD_SEARCH -> "keyword, search only";
          case UNINDEXED -> "not indexed";
          default -> field.type().mapping();
        };
    return field.list() ? type + ", list" : type;
  }

  private static String documents(Field field) {
    return field.documents().stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String escape(String text) {
    return text.replace("|", "\\|");
  }
}
