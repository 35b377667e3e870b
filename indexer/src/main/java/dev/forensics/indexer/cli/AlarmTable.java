package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.index.DestinationAlarms;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The alarms per destination as a table, JSON or CSV. */
final class AlarmTable {
  /** How it is shown. */
  enum Format {
    TABLE,
    JSON,
    CSV
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int LONGEST_CELL = 44;

  private AlarmTable() {}

  static void print(List<DestinationAlarms> rows, Format format, PrintStream out)
      throws IOException {
    switch (format) {
      case TABLE -> table(rows, out);
      case JSON -> json(rows, out);
      case CSV -> csv(rows, out);
    }
  }

  private static void table(List<DestinationAlarms> rows, PrintStream out) {
    TextTable table =
        new TextTable(
            "destination",
            "organization",
            "outcome",
            "clients",
            "alarms",
            "requests",
            "paths",
            "first seen (UTC)",
            "last seen (UTC)");
    for (DestinationAlarms row : rows) {
      table.row(
          destination(row),
          shortened(holder(row)),
          outcomes(row.outcomes()),
          row.clients(),
          row.alarms(),
          row.requests(),
          shortened(String.join(" ", row.paths())),
          time(row.first()),
          time(row.last()));
    }
    table.print(out);
  }

  private static String destination(DestinationAlarms row) {
    return row.ip().contains(":")
        ? "[" + row.ip() + "]:" + row.port()
        : row.ip() + ":" + row.port();
  }

  private static String holder(DestinationAlarms row) {
    if (row.organization() != null) {
      return row.organization();
    }
    return row.domain() == null || row.domain().equals(row.ip()) ? "" : row.domain();
  }

  private static String outcomes(Map<String, Long> outcomes) {
    return outcomes.entrySet().stream()
        .map(e -> outcomes.size() == 1 ? e.getKey() : e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static void json(List<DestinationAlarms> rows, PrintStream out) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode all = mapper.createArrayNode();
    for (DestinationAlarms row : rows) {
      ObjectNode one = all.addObject();
      one.put("destination", row.ip());
      one.put("port", row.port());
      one.put("organization", row.organization());
      one.put("domain", row.domain());
      ObjectNode outcomes = one.putObject("outcomes");
      row.outcomes().forEach(outcomes::put);
      one.put("clients", row.clients());
      one.put("alarms", row.alarms());
      one.put("suppressed", row.suppressed());
      one.put("requests", row.requests());
      row.methods().forEach(one.putArray("methods")::add);
      row.paths().forEach(one.putArray("paths")::add);
      one.put("first_seen", row.first().toString());
      one.put("last_seen", row.last().toString());
    }
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all));
  }

  private static void csv(List<DestinationAlarms> rows, PrintStream out) {
    out.println(
        "destination,port,organization,domain,outcomes,clients,alarms,suppressed,requests,"
            + "methods,paths,first_seen,last_seen");
    for (DestinationAlarms row : rows) {
      out.println(
          List.of(
                  row.ip(),
                  String.valueOf(row.port()),
                  String.valueOf(row.organization() == null ? "" : row.organization()),
                  String.valueOf(row.domain() == null ? "" : row.domain()),
                  outcomes(row.outcomes()),
                  String.valueOf(row.clients()),
                  String.valueOf(row.alarms()),
                  String.valueOf(row.suppressed()),
                  String.valueOf(row.requests()),
                  String.join(" ", row.methods()),
                  String.join(" ", row.paths()),
                  row.first().toString(),
                  row.last().toString())
              .stream()
              .map(AlarmTable::quoted)
              .collect(Collectors.joining(",")));
    }
  }

  /** RFC 4180, and no cell that a spreadsheet would take for a formula. */
  private static String quoted(String cell) {
    String safe = cell.matches("[=+\\-@].*") ? "'" + cell : cell;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
