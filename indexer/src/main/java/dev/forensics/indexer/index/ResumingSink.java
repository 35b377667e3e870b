package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps documents away from a sink that Elasticsearch has already, in whatever index of the data
 * stream. For the resumption of an interrupted capture, whose documents may lie in an older write
 * index, where a create does not notice them. Documents are looked up a thousand at a time; entries
 * of the ledger pass through. Thread-safe; look-ups of one kind happen one after the other.
 */
public final class ResumingSink implements DocumentSink {
  private static final int LOOK_UP_AT = 1_000;

  private final DocumentSink sink;
  private final DocumentLookup lookup;
  private final Map<DocumentKind, List<EcsDocument>> waiting = new EnumMap<>(DocumentKind.class);
  private long skipped;
  private volatile boolean isOver;

  /**
   * Stands before a sink, which it closes, and looks up every document until it is told to stop.
   */
  public ResumingSink(DocumentSink sink, DocumentLookup lookup) {
    this.sink = sink;
    this.lookup = lookup;
    waiting.put(DocumentKind.FLOW, new ArrayList<>(LOOK_UP_AT));
    waiting.put(DocumentKind.ALARM, new ArrayList<>(LOOK_UP_AT));
  }

  /** None of the documents that come from now on can be there: said after a flush. */
  public void caughtUp() {
    isOver = true;
  }

  @Override
  public void accept(EcsDocument document) throws InterruptedException, IOException {
    if (isOver || !waiting.containsKey(document.kind())) {
      sink.accept(document);
    } else {
      hold(document);
    }
  }

  private synchronized void hold(EcsDocument document) throws InterruptedException, IOException {
    List<EcsDocument> held = waiting.get(document.kind());
    held.add(document);
    if (held.size() >= LOOK_UP_AT) {
      passOn(document.kind());
    }
  }

  /** Repeatable: a document leaves the list only when it is passed on or known to be there. */
  private void passOn(DocumentKind kind) throws InterruptedException, IOException {
    List<EcsDocument> held = waiting.get(kind);
    Set<String> existing = lookup.existing(kind, held.stream().map(EcsDocument::id).toList());
    while (!held.isEmpty()) {
      EcsDocument last = held.get(held.size() - 1);
      if (existing.contains(last.id())) {
        skipped++;
      } else {
        sink.accept(last);
      }
      held.remove(held.size() - 1);
    }
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    synchronized (this) {
      passOn(DocumentKind.FLOW);
      passOn(DocumentKind.ALARM);
    }
    sink.flush();
  }

  /** Documents found in Elasticsearch count as accepted and as duplicates. */
  @Override
  public synchronized SinkCounts counts() {
    SinkCounts counts = sink.counts();
    long held = waiting.values().stream().mapToLong(List::size).sum();
    return new SinkCounts(
        counts.accepted() + skipped + held,
        counts.indexed(),
        counts.duplicates() + skipped,
        counts.deadLettered(),
        counts.retries());
  }

  @Override
  public void close() throws IOException {
    try (DocumentSink closing = sink) {
      flush();
      closing.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupt =
          new InterruptedIOException("interrupted before everything was delivered");
      interrupt.initCause(e);
      throw interrupt;
    }
  }
}
