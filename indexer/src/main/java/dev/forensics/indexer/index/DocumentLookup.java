package dev.forensics.indexer.index;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.util.BinaryData;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds documents by id in all indices of a data stream, which a plain get cannot do once it has
 * rolled over. Thread-safe.
 */
public final class DocumentLookup {
  private static final int IDS_A_REQUEST = 5_000;

  private final ElasticsearchConnection connection;

  /** Looks into the namespace of a connection. */
  public DocumentLookup(ElasticsearchConnection connection) {
    this.connection = connection;
  }

  /**
   * Which of these documents are stored. Documents acknowledged before the call are seen, whatever
   * the refresh interval.
   */
  public Set<String> existing(DocumentKind kind, Collection<String> ids) throws IOException {
    Set<String> found = new HashSet<>();
    if (ids.isEmpty()) {
      return found;
    }
    connection.refresh(kind);
    List<String> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += IDS_A_REQUEST) {
      List<String> part = all.subList(from, Math.min(all.size(), from + IDS_A_REQUEST));
      for (Hit<Void> hit : searchIds(kind, part).hits().hits()) {
        found.add(hit.id());
      }
    }
    return found;
  }

  private SearchResponse<Void> searchIds(DocumentKind kind, List<String> ids) throws IOException {
    return connection.ask(
        client ->
            client.search(
                s ->
                    s.index(connection.names().of(kind))
                        .ignoreUnavailable(true)
                        .allowNoIndices(true)
                        .allowPartialSearchResults(false)
                        .size(ids.size())
                        .trackTotalHits(t -> t.enabled(false))
                        .source(source -> source.fetch(false))
                        .query(byIds(ids)),
                Void.class));
  }

  private static Query byIds(List<String> ids) {
    return Query.of(query -> query.ids(i -> i.values(ids)));
  }

  /** A flow or an alarm by its id, the alarm when both have it; its bytes as they were stored. */
  public Optional<EcsDocument> find(String id) throws IOException {
    Optional<EcsDocument> alarm = find(DocumentKind.ALARM, id);
    return alarm.isPresent() ? alarm : find(DocumentKind.FLOW, id);
  }

  /** A document of one kind by its id. */
  public Optional<EcsDocument> find(DocumentKind kind, String id) throws IOException {
    SearchResponse<BinaryData> answer =
        connection.ask(
            client ->
                client.search(
                    s ->
                        s.index(connection.names().of(kind))
                            .ignoreUnavailable(true)
                            .allowNoIndices(true)
                            .size(1)
                            .query(byIds(List.of(id))),
                    BinaryData.class));
    for (Hit<BinaryData> hit : answer.hits().hits()) {
      return Optional.of(new EcsDocument(kind, id, bytes(hit.source())));
    }
    return Optional.empty();
  }

  private static byte[] bytes(BinaryData data) throws IOException {
    ByteBuffer buffer = data.asByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
