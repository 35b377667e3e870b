package dev.forensics.indexer.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries that docs/visualizations.md tells its readers to try. */
final class DocumentedQueries {
  private static final Path PAGE = Path.of("../docs/visualizations.md");
  private static final Pattern VIEW = Pattern.compile("In \\*\\*Forensics (\\w+)\\*\\*");
  private static final Pattern QUERY = Pattern.compile("^(\\d+)\\. ([^:`]+): `([^`]+)`$");

  private DocumentedQueries() {}

  /**
   * A query of the list.
   *
   * @param number in the list
   * @param dataView id of the data view it is for
   * @param title what it finds
   * @param kql as it is typed
   */
  record Query(int number, String dataView, String title, String kql) {}

  static List<Query> all() throws IOException {
    List<Query> queries = new ArrayList<>();
    String view = "";
    for (String line : Files.readAllLines(PAGE)) {
      Matcher heading = VIEW.matcher(line);
      if (heading.find()) {
        view = "forensics-" + heading.group(1).toLowerCase(Locale.ROOT);
      }
      Matcher query = QUERY.matcher(line);
      if (query.matches() && !view.isEmpty()) {
        int number = Integer.parseInt(query.group(1));
        queries.add(new Query(number, view, query.group(2), query.group(3)));
      }
    }
    return queries;
  }
}
