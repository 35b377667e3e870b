package dev.forensics.indexer.index;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where captures lay when they were last read, as the ledger says. Thread-safe. */
public final class CapturePaths {
  private static final int IDS_A_REQUEST = 500;

  /** Several sensors may have read the same capture. */
  private static final int MOST_ENTRIES = 5_000;

  private static final String ID = "forensics.capture.id";
  private static final String PATH = "forensics.capture.path";
  private static final String SENSOR = "observer.name";

  private final ElasticsearchConnection connection;

  /** Looks into the namespace of a connection. */
  public CapturePaths(ElasticsearchConnection connection) {
    this.connection = connection;
  }

  /**
   * The recorded paths of captures, by capture id; ids that the ledger does not know are missing.
   */
  public Map<String, List<RecordedPath>> of(Collection<String> captureIds) throws IOException {
    Map<String, List<RecordedPath>> paths = new HashMap<>();
    List<String> all = new ArrayList<>(captureIds);
    for (int from = 0; from < all.size(); from += IDS_A_REQUEST) {
      for (Hit<ObjectNode> hit :
          ask(all.subList(from, Math.min(all.size(), from + IDS_A_REQUEST)))) {
        String id = hit.source().at("/forensics/capture/id").asText();
        String path = hit.source().at("/forensics/capture/path").asText();
        String sensor = hit.source().at("/observer/name").asText();
        paths.computeIfAbsent(id, key -> new ArrayList<>()).add(new RecordedPath(sensor, path));
      }
    }
    return paths;
  }

  private List<Hit<ObjectNode>> ask(List<String> ids) throws IOException {
    List<FieldValue> values = ids.stream().map(FieldValue::of).toList();
    Query known = Query.of(q -> q.terms(t -> t.field(ID).terms(v -> v.value(values))));
    return connection
        .ask(
            client ->
                client.search(
                    s ->
                        s.index(connection.names().of(DocumentKind.CAPTURE))
                            .ignoreUnavailable(true)
                            .allowNoIndices(true)
                            .size(MOST_ENTRIES)
                            .trackTotalHits(t -> t.enabled(false))
                            .source(source -> source.filter(f -> f.includes(ID, PATH, SENSOR)))
                            .query(known),
                    ObjectNode.class))
        .hits()
        .hits();
  }
}
