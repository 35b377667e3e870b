package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kibana's query language to Elasticsearch's, as Kibana does it: and, or, not, brackets, values in
 * brackets, comparisons, quotes, {@code *}. What it does not know it refuses.
 *
 * <p>Source: Kibana Guide 8.12, "Kibana Query Language".
 */
final class Kql {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> tokens;
  private final Set<String> fields = new TreeSet<>();
  private int next;

  private Kql(String text) {
    this.tokens = tokens(text);
  }

  /** The query; everything for an empty text. */
  static ObjectNode query(String text) {
    return new Kql(text).whole();
  }

  /** The fields that it asks. */
  static Set<String> fields(String text) {
    Kql kql = new Kql(text);
    kql.whole();
    return kql.fields;
  }

  private ObjectNode whole() {
    if (tokens.isEmpty()) {
      ObjectNode all = JSON.createObjectNode();
      all.putObject("match_all");
      return all;
    }
    ObjectNode query = either();
    if (next < tokens.size()) {
      throw new IllegalArgumentException("not expected: " + tokens.get(next));
    }
    return query;
  }

  private ObjectNode either() {
    List<ObjectNode> parts = new ArrayList<>(List.of(both()));
    while (takeWord("or")) {
      parts.add(both());
    }
    return parts.size() == 1 ? parts.get(0) : should(parts);
  }

  private ObjectNode both() {
    List<ObjectNode> parts = new ArrayList<>(List.of(negated()));
    while (takeWord("and")) {
      parts.add(negated());
    }
    return parts.size() == 1 ? parts.get(0) : bool("filter", parts);
  }

  private ObjectNode negated() {
    return takeWord("not") ? bool("must_not", List.of(negated())) : simple();
  }

  private ObjectNode simple() {
    if (take("(")) {
      ObjectNode inner = either();
      require(")");
      return inner;
    }
    String field = literal();
    fields.add(field);
    String operator = take();
    return switch (operator) {
      case ":" -> value(field);
      case "<" -> range(field, "lt");
      case "<=" -> range(field, "lte");
      case ">" -> range(field, "gt");
      case ">=" -> range(field, "gte");
      default -> throw new IllegalArgumentException("not an operator: " + operator);
    };
  }

  private ObjectNode value(String field) {
    if (!take("(")) {
      return one(field, take());
    }
    List<ObjectNode> parts = new ArrayList<>(List.of(one(field, take())));
    while (takeWord("or")) {
      parts.add(one(field, take()));
    }
    require(")");
    return should(parts);
  }

  private static ObjectNode one(String field, String token) {
    ObjectNode query = JSON.createObjectNode();
    if (token.equals("*")) {
      query.putObject("exists").put("field", field);
    } else if (token.startsWith("\"")) {
      query.putObject("match_phrase").put(field, unquoted(token));
    } else if (token.contains("*")) {
      query.putObject("query_string").putArray("fields").add(field);
      ((ObjectNode) query.get("query_string")).put("query", token.replace("/", "\\/"));
    } else {
      query.putObject("match").put(field, token);
    }
    return query;
  }

  private ObjectNode range(String field, String operator) {
    ObjectNode query = JSON.createObjectNode();
    query.putObject("range").putObject(field).put(operator, unquoted(take()));
    return query;
  }

  private static ObjectNode should(List<ObjectNode> parts) {
    ObjectNode query = bool("should", parts);
    ((ObjectNode) query.get("bool")).put("minimum_should_match", 1);
    return query;
  }

  private static ObjectNode bool(String clause, List<ObjectNode> parts) {
    ObjectNode query = JSON.createObjectNode();
    ArrayNode clauses = query.putObject("bool").putArray(clause);
    parts.forEach(clauses::add);
    return query;
  }

  private String literal() {
    String token = take();
    if (!token.matches("[@A-Za-z_][A-Za-z0-9_.]*")) {
      throw new IllegalArgumentException("not a field: " + token);
    }
    return token;
  }

  private String take() {
    if (next == tokens.size()) {
      throw new IllegalArgumentException("ends too early");
    }
    return tokens.get(next++);
  }

  private boolean take(String token) {
    boolean found = next < tokens.size() && tokens.get(next).equals(token);
    next += found ? 1 : 0;
    return found;
  }

  private boolean takeWord(String word) {
    boolean found = next < tokens.size() && tokens.get(next).toLowerCase(Locale.ROOT).equals(word);
    next += found ? 1 : 0;
    return found;
  }

  private void require(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException("expected " + token);
    }
  }

  private static String unquoted(String token) {
    return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '"') {
        end = text.indexOf('"', at + 1) + 1;
        if (end == 0) {
          throw new IllegalArgumentException("a quote is not closed: " + text.substring(at));
        }
      } else if (c == '<' || c == '>') {
        end += end < text.length() && text.charAt(end) == '=' ? 1 : 0;
      } else if (!Character.isWhitespace(c) && ":()".indexOf(c) < 0) {
        while (end < text.length() && isPlain(text.charAt(end))) {
          end++;
        }
      }
      if (!Character.isWhitespace(c)) {
        tokens.add(text.substring(at, end));
      }
      at = end;
    }
    return tokens;
  }

  private static boolean isPlain(char c) {
    return !Character.isWhitespace(c) && ":()<>\"".indexOf(c) < 0;
  }
}
