package dev.forensics.indexer.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Files that a configuration may name. */
final class TestFiles {
  private static final String MARKER = "\u00AB\u00CD\u00EFMaxMind.com";

  private TestFiles() {}

  /**
   * A certificate by Java's own keytool.
   *
   * @param begins as keytool's -startdate, such as -10d
   */
  static Path certificate(Path file, String begins, int days) throws Exception {
    Path store = file.resolveSibling(file.getFileName() + ".p12");
    String alias = "-genkeypair -alias ca -dname CN=test -keyalg EC -startdate %s -validity %d";
    keytool(alias.formatted(begins, days), store);
    keytool("-exportcert -rfc -alias ca -file " + file, store);
    return file;
  }

  private static void keytool(String arguments, Path store) throws Exception {
    String command =
        "%s %s -storetype PKCS12 -storepass changeit -keystore %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "keytool"), arguments, store);
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(said);
    }
  }

  /** A database in MaxMind's format that knows no address. */
  static Path database(Path file, String type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 1, 0, 0, 1}); // one node, both sides: not found
    out.writeBytes(new byte[16]);
    out.writeBytes(MARKER.getBytes(StandardCharsets.ISO_8859_1));
    out.write(0xE0 | 9); // a map of nine
    number(out, "node_count", 1);
    number(out, "record_size", 24);
    number(out, "ip_version", 6);
    number(out, "binary_format_major_version", 2);
    number(out, "binary_format_minor_version", 0);
    text(out, "database_type");
    text(out, type);
    text(out, "languages");
    out.write(0);
    out.write(11 - 7); // an array of none
    text(out, "build_epoch");
    out.write(1);
    out.write(9 - 7); // 64 bits
    out.write(1);
    text(out, "description");
    out.write(0xE0);
    return Files.write(file, out.toByteArray());
  }

  private static void number(ByteArrayOutputStream out, String key, int value) {
    text(out, key);
    out.write(key.equals("node_count") ? 0xC1 : 0xA1);
    out.write(value);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(0x40 | Math.min(29, text.length()));
    if (text.length() >= 29) {
      out.write(text.length() - 29);
    }
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
