package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.enrich.Attribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The user's own rules. Each is looked at when a flow ends. docs/rules.md shows the format and
 * lists the fields.
 */
public final class UserRules {
  private static final String ID_FORM = "[a-z0-9][a-z0-9-]{0,63}";
  private static final String TECHNIQUE_FORM = "T[0-9]{4}(\\.[0-9]{3})?";

  private final List<Definition> definitions;

  private record Definition(RuleInfo info, Condition condition) {}

  private UserRules(List<Definition> definitions) {
    this.definitions = List.copyOf(definitions);
  }

  /**
   * Reads a file of rules.
   *
   * @throws DefinitionException with all faults, each with its line
   * @throws IOException when the file cannot be read
   */
  public static UserRules load(Path file) throws IOException {
    return new UserRules(DefinitionFile.load(file, "rules", new Reader()));
  }

  static UserRules parse(String yaml) throws DefinitionException {
    return new UserRules(
        DefinitionFile.parse(yaml, "rules.yml", Path.of(""), "rules", new Reader()));
  }

  /** The rules, to be asked beside the built-in ones. */
  public List<DetectionRule> rules(Attribution attribution) {
    return definitions.stream()
        .<DetectionRule>map(one -> new UserRule(one.info(), one.condition(), attribution))
        .toList();
  }

  /** What documents and lists say of the rules. */
  public List<RuleInfo> infos() {
    return definitions.stream().map(Definition::info).toList();
  }

  /** Reads one rule after the other and refuses ids given twice. */
  private static final class Reader implements Function<Entry, Definition> {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> builtIn = new HashSet<>(Rules.ids());

    @Override
    public Definition apply(Entry entry) {
      RuleInfo info = info(entry);
      Node when = entry.take("when");
      if (when == null) {
        entry.fault("when is missing: a rule needs a condition");
        return new Definition(info, view -> false);
      }
      return new Definition(info, new ConditionReader(entry).read(when));
    }

    private RuleInfo info(Entry entry) {
      String id = entry.required("id");
      if (id != null && !id.matches(ID_FORM)) {
        entry.fault("id must be of small letters, digits and hyphens, at most 64: " + id);
      }
      if (id != null && !ids.add(id)) {
        entry.fault("id is used twice: " + id);
      }
      if (builtIn.contains(id)) {
        entry.fault("id is that of a built-in rule: " + id);
      }
      String name = entry.required("name");
      return new RuleInfo(
          id,
          name,
          Objects.requireNonNullElse(entry.text("version"), "1"),
          Objects.requireNonNullElse(entry.text("category"), "user"),
          severity(entry),
          Objects.requireNonNullElse(entry.text("description"), String.valueOf(name)),
          Objects.requireNonNullElse(entry.text("rationale"), ""),
          Objects.requireNonNullElse(entry.text("reference"), ""),
          techniques(entry),
          List.copyOf(entry.texts("benign_causes")));
    }

    private static List<String> techniques(Entry entry) {
      List<String> all = List.copyOf(entry.texts("techniques"));
      for (String id : all) {
        if (!id.matches(TECHNIQUE_FORM)) {
          entry.fault("techniques must be of the form T1571 or T1071.001, not " + id);
        }
      }
      return all;
    }

    private static Severity severity(Entry entry) {
      String text = entry.required("severity");
      for (Severity severity : Severity.values()) {
        if (severity.name().equalsIgnoreCase(text)) {
          return severity;
        }
      }
      if (text != null) {
        String all = Arrays.toString(Severity.values()).toLowerCase(Locale.ROOT);
        entry.fault("severity must be one of " + all + ", not " + text);
      }
      return Severity.LOW;
    }
  }
}
