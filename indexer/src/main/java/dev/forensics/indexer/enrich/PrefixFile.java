package dev.forensics.indexer.enrich;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads prefix lists: lines of {@code prefix,organization[,asn[,application[,source[,as_of]]]]}.
 * Values that hold a comma stand in double quotes; empty lines, lines that begin with # and a
 * heading line are skipped.
 */
public final class PrefixFile {
  private static final String BUILT_IN = "/enrich/registered-prefixes.csv";

  private PrefixFile() {}

  /** The list that comes with the program. */
  public static List<Registration> builtIn() {
    try (InputStream in = PrefixFile.class.getResourceAsStream(BUILT_IN)) {
      return read(new InputStreamReader(in, StandardCharsets.UTF_8), BUILT_IN);
    } catch (IOException e) {
      throw new IllegalStateException("the program is incomplete: " + BUILT_IN, e);
    }
  }

  /**
   * A user's own list.
   *
   * @throws IOException when it cannot be read, or names a line that is no prefix
   */
  public static List<Registration> load(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return read(reader, file.toString());
    }
  }

  private static List<Registration> read(java.io.Reader source, String name) throws IOException {
    BufferedReader reader = new BufferedReader(source);
    List<Registration> lines = new ArrayList<>();
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith("prefix,")) {
        continue;
      }
      lines.add(parse(split(text), name, number));
    }
    return lines;
  }

  private static Registration parse(List<String> values, String file, int number)
      throws IOException {
    try {
      String prefix = values.get(0);
      Prefix.parse(prefix);
      String organization = at(values, 1);
      if (organization == null) {
        throw new IllegalArgumentException("no organization");
      }
      String asn = at(values, 2);
      return new Registration(
          prefix,
          organization,
          asn == null ? 0 : Long.parseLong(asn.startsWith("AS") ? asn.substring(2) : asn),
          at(values, 3),
          at(values, 4) == null ? file : at(values, 4),
          at(values, 5));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " line " + number + ": " + e.getMessage(), e);
    }
  }

  private static String at(List<String> values, int index) {
    return index < values.size() && !values.get(index).isEmpty() ? values.get(index) : null;
  }

  private static List<String> split(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }
}
