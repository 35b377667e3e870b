package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run has stored in Elasticsearch, compared with what it should have. */
public final class StoredRun {
  private static final int SHOWN = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredRun() {}

  /** Flows and alarms of a namespace by kind and id, without read times and paths. */
  public static Map<String, JsonNode> of(ElasticsearchConnection connection) throws IOException {
    Map<String, JsonNode> all = new TreeMap<>();
    for (DocumentKind kind : List.of(DocumentKind.FLOW, DocumentKind.ALARM)) {
      for (Map.Entry<String, String> one : StoredDocuments.of(connection, kind).entrySet()) {
        JsonNode tree = JSON.readTree(one.getValue());
        CollectedDocuments.strip(tree);
        all.put(kind + " " + one.getKey(), tree);
      }
    }
    return all;
  }

  /** Fails with the places of the first differences. */
  public static void assertSame(Map<String, JsonNode> actual, Map<String, JsonNode> expected) {
    List<String> differences = new ArrayList<>();
    actual.forEach(
        (id, document) -> {
          if (!expected.containsKey(id)) {
            differences.add("surplus " + id + " " + document.path("message"));
          }
        });
    expected.forEach(
        (id, document) -> {
          if (actual.containsKey(id)) {
            compare(id, document, actual.get(id), differences);
          } else {
            differences.add("missing " + id + " " + document.path("message"));
          }
        });
    assertThat(differences.stream().limit(SHOWN).toList())
        .as(
            "%d differences, %d missing, %d surplus",
            differences.size(),
            differences.stream().filter(d -> d.startsWith("missing")).count(),
            differences.stream().filter(d -> d.startsWith("surplus")).count())
        .isEmpty();
  }

  private static void compare(String at, JsonNode expected, JsonNode actual, List<String> into) {
    if (expected.isObject() && actual.isObject() && expected.size() == actual.size()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        String name = field.getKey();
        compare(at + "/" + name, field.getValue(), actual.path(name), into);
      }
    } else if (!expected.equals(actual)) {
      into.add(at + ": expected " + expected + ", was " + actual);
    }
  }
}
