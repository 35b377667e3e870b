package dev.forensics.indexer.detect.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Names of cipher suites in IANA's registry. */
final class CipherSuites {
  private static final String FILE = "/tls/cipher-suites.csv";

  /** By the high octet of the number, then by the low one; null where there are none. */
  private static final String[][] NAMES = load();

  private CipherSuites() {}

  /** The name, or the number as four hex digits when it has none. The number has 16 bits. */
  static String name(int number) {
    String[] names = NAMES[number >>> 8];
    String name = names == null ? null : names[number & 0xFF];
    return name == null ? String.format("0x%04x", number) : name;
  }

  private static String[][] load() {
    String[][] names = new String[256][];
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CipherSuites.class.getResourceAsStream(FILE), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int comma = line.indexOf(',');
        if (!line.startsWith("#") && comma > 0) {
          int number = Integer.parseInt(line.substring(0, comma), 16);
          if (names[number >>> 8] == null) {
            names[number >>> 8] = new String[256];
          }
          names[number >>> 8][number & 0xFF] = line.substring(comma + 1);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the program is incomplete: " + FILE, e);
    }
    return names;
  }
}
