package dev.forensics.indexer.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What must not stand in the configuration: read from the environment, or from a file. */
public final class Secrets {
  private static final String FILE = "_FILE";

  private Secrets() {}

  /**
   * The value of an environment variable, or the content of the file that the same variable with
   * {@code _FILE} appended names, without the white space around it.
   *
   * @param environment the process's environment
   * @param name of the variable
   * @return empty when neither is set, or blank
   * @throws IOException when the file cannot be read; names the variable and the file
   */
  public static Optional<String> read(Map<String, String> environment, String name)
      throws IOException {
    String file = environment.getOrDefault(name + FILE, "");
    String value = file.isBlank() ? environment.getOrDefault(name, "") : content(name, file);
    return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  private static String content(String name, String file) throws IOException {
    Path path = Path.of(file);
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IOException(name + FILE + ": cannot be read: " + path);
    }
    return Files.readString(path);
  }
}
