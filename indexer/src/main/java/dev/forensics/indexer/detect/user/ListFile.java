package dev.forensics.indexer.detect.user;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A list with one value a line; empty lines and lines that begin with # are skipped. */
final class ListFile {
  /** More would take the memory of the flows. */
  private static final int LIMIT = 1_000_000;

  private ListFile() {}

  /**
   * Reads a list.
   *
   * @throws IOException when the file cannot be read, or has more than a million values
   */
  static List<String> load(Path file) throws IOException {
    List<String> values = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String value = line.strip();
        if (!value.isEmpty() && !value.startsWith("#")) {
          values.add(value);
        }
        if (values.size() > LIMIT) {
          throw new IOException("more than " + LIMIT + " values");
        }
      }
    }
    return values;
  }
}
