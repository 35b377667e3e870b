package dev.forensics.indexer.index;

import java.io.IOException;
import java.nio.file.Path;

/** The sinks by name, as {@code --to} takes them. */
public final class Sinks {
  /** What {@link #open} understands, for help and messages. */
  public static final String NAMES = "elasticsearch, ndjson:DIR, none";

  private static final String NDJSON = "ndjson:";

  private Sinks() {}

  /**
   * Opens a sink.
   *
   * @param name one of {@link #NAMES}
   * @param settings used by {@code elasticsearch} only
   * @throws IllegalArgumentException when the name is none of them
   * @throws IOException when it cannot be opened
   */
  public static DocumentSink open(String name, ElasticsearchSettings settings) throws IOException {
    if (name.startsWith(NDJSON) && name.length() > NDJSON.length()) {
      return new NdjsonSink(Path.of(name.substring(NDJSON.length())));
    }
    return switch (name) {
      case "elasticsearch" -> ElasticsearchSink.open(settings);
      case "none" -> new NullSink();
      default ->
          throw new IllegalArgumentException("unknown sink: " + name + ", known are " + NAMES);
    };
  }
}
