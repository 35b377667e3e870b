package dev.forensics.indexer.index;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the flow documents of a whole flow: a long flow is written in numbered segments, each with
 * the positions of its own packets. Thread-safe.
 */
public final class FlowSegments {
  /** Segments that are looked at; a flow with more than these is cut there. */
  public static final int MAX_SEGMENTS = 1_000;

  private static final int PAGE = 100;
  private static final String FLOW_ID = "forensics.flow.id";
  private static final String SEGMENT = "forensics.flow.segment";
  private static final List<String> FIELDS =
      List.of(
          "event.id",
          "event.start",
          "event.end",
          "observer.name",
          "network.iana_number",
          "source.ip",
          "source.port",
          "destination.ip",
          "destination.port",
          "forensics.flow",
          "forensics.packets",
          "forensics.verdicts");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ElasticsearchConnection connection;

  /** Looks into the namespace of a connection. */
  public FlowSegments(ElasticsearchConnection connection) {
    this.connection = connection;
  }

  /**
   * The segments of a flow that are stored, in order; the first {@value #MAX_SEGMENTS} of them.
   *
   * @param flowId forensics.flow.id
   */
  public List<FlowPackets> of(String flowId) throws IOException {
    List<FlowPackets> segments = new ArrayList<>();
    List<FieldValue> after = null;
    while (segments.size() < MAX_SEGMENTS) {
      List<Hit<ObjectNode>> hits = page(flowId, after).hits().hits();
      for (Hit<ObjectNode> hit : hits) {
        segments.add(FlowPackets.read(JSON.writeValueAsBytes(hit.source())));
      }
      if (hits.size() < PAGE) {
        return segments;
      }
      after = hits.get(hits.size() - 1).sort();
    }
    return segments;
  }

  private SearchResponse<ObjectNode> page(String flowId, List<FieldValue> after)
      throws IOException {
    return connection.ask(
        client ->
            client.search(
                s -> {
                  s.index(connection.names().of(DocumentKind.FLOW))
                      .ignoreUnavailable(true)
                      .allowNoIndices(true)
                      .size(PAGE)
                      .trackTotalHits(t -> t.enabled(false))
                      .source(source -> source.filter(f -> f.includes(FIELDS)))
                      .query(q -> q.term(t -> t.field(FLOW_ID).value(flowId)))
                      .sort(o -> o.field(f -> ascending(f.field(SEGMENT), FieldType.Long)));
                  return after == null ? s : s.searchAfter(after);
                },
                ObjectNode.class));
  }

  private static co.elastic.clients.elasticsearch._types.FieldSort.Builder ascending(
      co.elastic.clients.elasticsearch._types.FieldSort.Builder field, FieldType type) {
    return field.order(SortOrder.Asc).unmappedType(type);
  }
}
