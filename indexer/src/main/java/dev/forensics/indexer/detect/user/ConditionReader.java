package dev.forensics.indexer.detect.user;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads conditions: {@code all}, {@code any}, {@code not}, or a field with one of {@code is},
 * {@code in}, {@code in_file}, {@code matches}, {@code cidr}, {@code gt}, {@code lt}.
 */
final class ConditionReader {
  private static final Condition NEVER = view -> false;
  private static final int DEPTH_LIMIT = 20;

  private static final List<String> OPERATORS =
      List.of("is", "in", "in_file", "matches", "cidr", "gt", "lt");

  private final Entry rule;

  /**
   * @param rule whose condition is read
   */
  ConditionReader(Entry rule) {
    this.rule = rule;
  }

  Condition read(Node node) {
    return read(node, 0);
  }

  private Condition read(Node node, int depth) {
    Entry entry = rule.below(node);
    List<String> keys = entry.keys();
    if (depth > DEPTH_LIMIT) {
      entry.fault("conditions are nested deeper than " + DEPTH_LIMIT);
      return NEVER;
    }
    if (keys.contains("field")) {
      return field(entry);
    }
    if (keys.size() != 1 || !Set.of("all", "any", "not").contains(keys.get(0))) {
      entry.fault("a condition is one of all, any, not, or a field with an operator");
      return NEVER;
    }
    String kind = keys.get(0);
    Node below = entry.take(kind);
    if (kind.equals("not")) {
      Condition inner = read(below, depth + 1);
      return view -> !inner.holds(view);
    }
    return group(kind.equals("all"), below, entry, depth);
  }

  private Condition group(boolean all, Node below, Entry entry, int depth) {
    if (!(below instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      entry.fault("all and any need a list of conditions");
      return NEVER;
    }
    List<Condition> parts = new ArrayList<>();
    sequence.getValue().forEach(part -> parts.add(read(part, depth + 1)));
    return view -> {
      for (Condition part : parts) {
        if (part.holds(view) != all) {
          return !all;
        }
      }
      return all;
    };
  }

  private Condition field(Entry entry) {
    String name = entry.required("field");
    FlowField field = name == null ? null : FlowFields.of(name);
    if (field == null) {
      entry.fault("unknown field " + name);
    }
    List<String> operators = entry.keys().stream().filter(OPERATORS::contains).toList();
    if (operators.size() != 1) {
      entry.fault("a field needs exactly one of " + String.join(", ", OPERATORS));
      return NEVER;
    }
    String operator = operators.get(0);
    List<String> values = operator.equals("in_file") ? entry.file(operator) : entry.texts(operator);
    entry.refuseOthers();
    if (values.isEmpty() && !operator.equals("in_file")) {
      entry.fault(operator + " needs a value");
    }
    if (field == null || values.isEmpty()) {
      return NEVER;
    }
    Predicate<Object> test = test(entry, field, operator, values);
    return view -> field.values().apply(view).stream().anyMatch(test);
  }

  private static Predicate<Object> test(
      Entry entry, FlowField field, String operator, List<String> values) {
    boolean fits =
        switch (operator) {
          case "matches" -> field.type() == FlowField.Type.TEXT;
          case "cidr" -> field.type() == FlowField.Type.ADDRESS;
          case "gt", "lt" -> field.type() == FlowField.Type.NUMBER;
          default -> true;
        };
    if (!fits) {
      entry.fault(operator + " does not go with " + field.name());
      return value -> false;
    }
    return switch (operator) {
      case "matches" -> pattern(entry, values.get(0));
      case "gt" -> above(entry, values.get(0));
      case "lt" -> below(entry, values.get(0));
      default -> equal(entry, field, values);
    };
  }

  private static Predicate<Object> equal(Entry entry, FlowField field, List<String> values) {
    return switch (field.type()) {
      case ADDRESS -> networks(entry, values);
      case NUMBER -> {
        Set<Long> numbers = new HashSet<>();
        values.forEach(value -> numbers.add(number(entry, value)));
        yield numbers::contains;
      }
      case TEXT -> {
        Set<String> words = new HashSet<>();
        values.forEach(value -> words.add(value.toLowerCase(Locale.ROOT)));
        yield value -> words.contains(value.toString().toLowerCase(Locale.ROOT));
      }
    };
  }

  private static Predicate<Object> networks(Entry entry, List<String> values) {
    Networks networks = Networks.of(entry, values);
    return value -> networks.hold((Address) value);
  }

  private static Predicate<Object> pattern(Entry entry, String value) {
    try {
      LinearPattern pattern = new LinearPattern(value);
      return text -> pattern.isIn(text.toString());
    } catch (IllegalArgumentException e) {
      entry.fault("not a regular expression: " + e.getMessage());
      return text -> false;
    }
  }

  private static Predicate<Object> above(Entry entry, String value) {
    long limit = number(entry, value);
    return number -> (Long) number > limit;
  }

  private static Predicate<Object> below(Entry entry, String value) {
    long limit = number(entry, value);
    return number -> (Long) number < limit;
  }

  private static long number(Entry entry, String value) {
    try {
      return Long.parseLong(value.replace("_", ""));
    } catch (NumberFormatException e) {
      entry.fault("not a whole number: " + value);
      return 0;
    }
  }
}
