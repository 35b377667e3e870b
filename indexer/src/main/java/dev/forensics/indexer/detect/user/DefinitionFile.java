package dev.forensics.indexer.detect.user;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file with one key, below which stands a list of entries. */
final class DefinitionFile {
  /** More are a mistake: each is looked at for each flow. */
  private static final int ENTRY_LIMIT = 10_000;

  private static final int ALIAS_LIMIT = 50;

  /** What the YAML reader takes, in bytes. */
  private static final int SIZE_LIMIT = 3 << 20;

  private static final String TOO_LARGE =
      "larger than 3 MiB: put long lists into files of their own (in_file, destination_file)";

  private DefinitionFile() {}

  /**
   * Reads a file.
   *
   * @param key the only key of the file
   * @param reader makes one entry; what it finds wrong it adds to the faults
   * @throws DefinitionException with all faults
   * @throws IOException when the file cannot be read
   */
  static <T> List<T> load(Path file, String key, Function<Entry, T> reader) throws IOException {
    if (Files.size(file) > SIZE_LIMIT) {
      throw new DefinitionException(file.toString(), List.of(TOO_LARGE));
    }
    String yaml = Files.readString(file, StandardCharsets.UTF_8);
    return parse(yaml, file.toString(), file.toAbsolutePath().getParent(), key, reader);
  }

  /**
   * Reads a text.
   *
   * @param source what faults call it
   * @param folder relative names of files start here
   */
  static <T> List<T> parse(
      String yaml, String source, Path folder, String key, Function<Entry, T> reader)
      throws DefinitionException {
    Faults faults = new Faults();
    List<T> entries = new ArrayList<>();
    try {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(ALIAS_LIMIT);
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root != null) {
        entries(new Entry(root, faults, folder), key, reader, entries);
      }
    } catch (YAMLException e) {
      throw new DefinitionException(source, List.of("not YAML: " + e.getMessage()));
    }
    if (!faults.all().isEmpty()) {
      throw new DefinitionException(source, faults.all());
    }
    return entries;
  }

  private static <T> void entries(
      Entry root, String key, Function<Entry, T> reader, List<T> entries) {
    Node list = root.take(key);
    root.refuseOthers();
    if (list instanceof SequenceNode sequence && sequence.getValue().size() <= ENTRY_LIMIT) {
      for (Node node : sequence.getValue()) {
        Entry entry = root.below(node);
        entries.add(reader.apply(entry));
        entry.refuseOthers();
      }
    } else if (list != null) {
      root.fault(key + " must be a list of at most " + ENTRY_LIMIT + " entries");
    }
  }
}
