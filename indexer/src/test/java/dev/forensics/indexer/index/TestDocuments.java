package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.nio.charset.StandardCharsets;

/** Documents as the document room writes them, reduced to what the index room depends on. */
final class TestDocuments {
  private TestDocuments() {}

  static EcsDocument flow(int number) {
    return document(DocumentKind.FLOW, "flow-" + number, "\"network\":{\"bytes\":" + number + "}");
  }

  static EcsDocument alarm(int number) {
    return document(
        DocumentKind.ALARM, "alarm-" + number, "\"message\":\"Grüße, Nr. " + number + "\"");
  }

  /** A flow of about this many bytes. */
  static EcsDocument large(String id, int bytes) {
    return document(
        DocumentKind.FLOW, id, "\"network\":{\"protocol\":\"" + "x".repeat(bytes) + "\"}");
  }

  /** network.bytes is a long: Elasticsearch refuses this for ever. */
  static EcsDocument refused(String id) {
    return document(DocumentKind.FLOW, id, "\"network\":{\"bytes\":\"no number\"}");
  }

  static EcsDocument capture(String id, String state, int packets) {
    return document(
        DocumentKind.CAPTURE,
        id,
        "\"forensics\":{\"capture\":{\"state\":\"" + state + "\",\"packets\":" + packets + "}}");
  }

  private static EcsDocument document(DocumentKind kind, String id, String fields) {
    String json =
        "{\"@timestamp\":\"2026-11-22T10:00:00.000Z\",\"event\":{\"id\":\""
            + id
            + "\"},"
            + fields
            + "}";
    return new EcsDocument(kind, id, json.getBytes(StandardCharsets.UTF_8));
  }
}
