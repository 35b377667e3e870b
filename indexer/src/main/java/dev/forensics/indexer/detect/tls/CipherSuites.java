package dev.forensics.indexer.detect.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Names of cipher suites in IANA's registry. */
final class CipherSuites {
  private static final String FILE = "/tls/cipher-suites.csv";
  private static final Map<Integer, String> NAMES = load();

  private CipherSuites() {}

  /** The name, or the number as four hex digits when it has none. */
  static String name(int number) {
    String name = NAMES.get(number);
    return name == null ? String.format("0x%04x", number) : name;
  }

  private static Map<Integer, String> load() {
    Map<Integer, String> names = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CipherSuites.class.getResourceAsStream(FILE), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int comma = line.indexOf(',');
        if (!line.startsWith("#") && comma > 0) {
          names.put(Integer.parseInt(line.substring(0, comma), 16), line.substring(comma + 1));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the program is incomplete: " + FILE, e);
    }
    return Map.copyOf(names);
  }
}
