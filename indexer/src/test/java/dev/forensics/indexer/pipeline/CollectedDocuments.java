package dev.forensics.indexer.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SinkCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the documents of a run, for tests that look at all of them. */
public final class CollectedDocuments implements DocumentSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<EcsDocument> documents = new ArrayList<>();

  /** What a run over these captures writes. */
  public static CollectedDocuments of(List<Path> paths, int workers) throws Exception {
    SensorSettings defaults = SensorSettings.defaults("test");
    return of(paths, new SensorSettings("test", workers, defaults.flow(), defaults.detection()));
  }

  /** What a run over these captures writes for a sensor. */
  public static CollectedDocuments of(List<Path> paths, SensorSettings settings) throws Exception {
    return of(paths, settings, PayloadSettings.MASKED);
  }

  /** The same where unknown bytes are shown in another way. */
  public static CollectedDocuments of(
      List<Path> paths, SensorSettings settings, PayloadSettings payload) throws Exception {
    CollectedDocuments collected = new CollectedDocuments();
    SensorAssembly assembly = SensorAssembly.builtIn(settings).withPayload(payload);
    new Ingest(assembly, collected).run(CaptureListing.of(paths));
    return collected;
  }

  /** The documents of a kind as JSON. */
  public List<JsonNode> of(DocumentKind kind) {
    return documents.stream()
        .filter(document -> document.kind() == kind)
        .map(document -> tree(document.json()))
        .toList();
  }

  /** Ids of flows and alarms that were written more than once. */
  public Set<String> repeatedIds() {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new TreeSet<>();
    for (EcsDocument document : documents) {
      if (document.kind() != DocumentKind.CAPTURE && !seen.add(document.id())) {
        repeated.add(document.id());
      }
    }
    return repeated;
  }

  /** Flows and alarms by id, without what may differ between two readings of the same packets. */
  public Map<String, JsonNode> comparable() {
    Map<String, JsonNode> all = new TreeMap<>();
    for (EcsDocument document : documents) {
      if (document.kind() != DocumentKind.CAPTURE) {
        JsonNode tree = tree(document.json());
        strip(tree);
        all.put(document.kind() + " " + document.id(), tree);
      }
    }
    return all;
  }

  /** Takes out what may differ between two readings: read times and paths. */
  public static void strip(JsonNode tree) {
    ((ObjectNode) tree.path("event")).remove(List.of("created", "ingested"));
    ((ObjectNode) tree.path("log").path("file")).remove("path");
    ((ObjectNode) tree.path("forensics").path("capture")).remove("path");
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return documents.size();
  }

  @Override
  public synchronized void accept(EcsDocument document) {
    documents.add(document);
  }

  @Override
  public void flush() {
    // everything is kept at once
  }

  @Override
  public SinkCounts counts() {
    return new SinkCounts(documents.size(), documents.size(), 0, 0, 0);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
