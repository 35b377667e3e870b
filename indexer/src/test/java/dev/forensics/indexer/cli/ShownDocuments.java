package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.index.DestinationAlarms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the commands print of documents, without Elasticsearch between them. */
public final class ShownDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShownDocuments() {}

  /** Explanations of all, and the alarms among them as table, JSON and CSV. */
  public static String all(List<String> documents) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    List<DestinationAlarms> alarms = new ArrayList<>();
    for (String text : documents) {
      JsonNode document = JSON.readTree(text);
      ExplainCommand.explain(document, out);
      if (document.has("rule")) {
        alarms.add(row(document));
      }
    }
    for (AlarmTable.Format format : AlarmTable.Format.values()) {
      AlarmTable.print(alarms, format, out);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  /** As the query of the alarms per destination reads them. */
  private static DestinationAlarms row(JsonNode document) {
    Instant time = Instant.parse(document.path("@timestamp").asText());
    return new DestinationAlarms(
        document.at("/destination/ip").asText(),
        document.at("/destination/port").asInt(),
        document.at("/destination/as/organization/name").asText(null),
        document.at("/destination/domain").asText(null),
        Map.of(document.at("/forensics/alarm/outcome").asText(), 1L),
        1,
        1,
        0,
        document.at("/forensics/http/requests").asLong(),
        texts(document.at("/http/request/method")),
        texts(document.at("/url/path")),
        time,
        time);
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    if (values.isValueNode()) {
      texts.add(values.asText());
    }
    values.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
