package dev.forensics.indexer.index;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads back everything a test stored in its namespace. */
public final class StoredDocuments {
  private static final int PAGE = 5_000;

  private StoredDocuments() {}

  /** Id to JSON; fails when an id is there twice, which a data stream allows across its indices. */
  public static Map<String, String> of(ElasticsearchConnection connection, DocumentKind kind)
      throws IOException {
    String target = connection.names().of(kind);
    connection.client().indices().refresh(r -> r.index(target).ignoreUnavailable(true));
    Map<String, String> stored = new HashMap<>();
    List<FieldValue> after = null;
    while (true) {
      List<Hit<ObjectNode>> hits = page(connection, target, after).hits().hits();
      for (Hit<ObjectNode> hit : hits) {
        String before = stored.put(hit.id(), hit.source().toString());
        if (before != null) {
          throw new AssertionError(
              "stored twice: %s, second in %s: %s; first: %s"
                  .formatted(hit.id(), hit.index(), hit.source(), before));
        }
      }
      if (hits.size() < PAGE) {
        return stored;
      }
      after = hits.get(hits.size() - 1).sort();
    }
  }

  private static SearchResponse<ObjectNode> page(
      ElasticsearchConnection connection, String target, List<FieldValue> after)
      throws IOException {
    return connection
        .client()
        .search(
            s -> {
              s.index(target)
                  .ignoreUnavailable(true)
                  .size(PAGE)
                  .sort(
                      o ->
                          o.field(
                              f ->
                                  f.field("event.id")
                                      .order(SortOrder.Asc)
                                      .unmappedType(FieldType.Keyword)));
              return after == null ? s : s.searchAfter(after);
            },
            ObjectNode.class);
  }
}
