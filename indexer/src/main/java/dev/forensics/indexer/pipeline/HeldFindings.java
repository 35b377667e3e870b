package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.document.AlarmDraft;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.index.DocumentSink;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Holds the alarms of all workers until nothing can come before them any more, so that which alarm
 * is the first about a destination does not depend on which worker is sooner. Flows with alarms
 * wait behind them. Workers add; one thread at a time sends.
 */
final class HeldFindings {
  private static final Comparator<Held> ORDER =
      Comparator.comparingLong(Held::momentNanos)
          .thenComparing(held -> held.alarm == null)
          .thenComparingLong(Held::timestampNanos)
          .thenComparing(Held::id);

  private final PriorityQueue<Held> waiting = new PriorityQueue<>(ORDER);
  private final FirstAlarms firstAlarms;
  private final DocumentSink sink;

  HeldFindings(FirstAlarms firstAlarms, DocumentSink sink) {
    this.firstAlarms = firstAlarms;
    this.sink = sink;
  }

  /** Either an alarm or a flow that waits since a moment. */
  private record Held(long momentNanos, AlarmDraft alarm, EcsDocument flow) {
    long timestampNanos() {
      return alarm == null ? 0 : alarm.timestampNanos();
    }

    String id() {
      return alarm == null ? flow.id() : alarm.id();
    }
  }

  void alarm(long momentNanos, AlarmDraft alarm) {
    add(new Held(momentNanos, alarm, null));
  }

  void flow(long momentNanos, EcsDocument flow) {
    add(new Held(momentNanos, null, flow));
  }

  private synchronized void add(Held held) {
    waiting.add(held);
  }

  /** Sends what waits since before a moment; nothing will be added that is older. */
  void sendBefore(long momentNanos) {
    for (Held held = poll(momentNanos); held != null; held = poll(momentNanos)) {
      send(held.alarm == null ? held.flow : held.alarm.finish(firstAlarms));
    }
  }

  /** Sends everything. */
  void sendAll() {
    sendBefore(Long.MAX_VALUE);
  }

  private synchronized Held poll(long momentNanos) {
    Held first = waiting.peek();
    return first == null || first.momentNanos >= momentNanos ? null : waiting.poll();
  }

  /** Sends a document that waits for nobody. */
  void send(EcsDocument document) {
    try {
      sink.accept(document);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while documents were sent", e);
    } catch (IOException e) {
      throw new PipelineException(e.getMessage(), e);
    }
  }
}
