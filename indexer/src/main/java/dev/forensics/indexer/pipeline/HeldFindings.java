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
 *
 * <p>When many flows end at once, all of their documents wait: past a bound their texts wait in a
 * file, and only what orders them stays in memory.
 */
final class HeldFindings {
  /** Where a text stands that waits in memory. */
  private static final long HERE = -1;

  private static final Comparator<Held> ORDER =
      Comparator.comparingLong(Held::momentNanos)
          .thenComparing(held -> held.alarm == null)
          .thenComparingLong(Held::timestampNanos)
          .thenComparing(Held::id);

  private final PriorityQueue<Held> waiting = new PriorityQueue<>(ORDER);
  private final FirstAlarms firstAlarms;
  private final DocumentSink sink;
  private final WaitingFile file = new WaitingFile();
  private final long memoryBytes;
  private long bytes;
  private int inFile;

  /**
   * None yet.
   *
   * @param memoryBytes texts that wait in memory at most, in bytes
   */
  HeldFindings(FirstAlarms firstAlarms, DocumentSink sink, long memoryBytes) {
    this.memoryBytes = memoryBytes;
    this.firstAlarms = firstAlarms;
    this.sink = sink;
  }

  /**
   * Either an alarm or a flow that waits since a moment.
   *
   * @param at where its text stands in the file, or {@link #HERE}
   * @param length of its text, in bytes
   */
  private record Held(long momentNanos, AlarmDraft alarm, EcsDocument flow, long at, int length) {
    static Held of(long momentNanos, AlarmDraft alarm, EcsDocument flow) {
      byte[] json = alarm == null ? flow.json() : alarm.json();
      return new Held(momentNanos, alarm, flow, HERE, json.length);
    }

    long timestampNanos() {
      return alarm == null ? 0 : alarm.timestampNanos();
    }

    String id() {
      return alarm == null ? flow.id() : alarm.id();
    }

    byte[] json() {
      return alarm == null ? flow.json() : alarm.json();
    }

    Held with(byte[] json, long place) {
      return alarm == null
          ? new Held(
              momentNanos, null, new EcsDocument(flow.kind(), flow.id(), json), place, length)
          : new Held(momentNanos, alarm.withJson(json), null, place, length);
    }
  }

  void alarm(long momentNanos, AlarmDraft alarm) {
    add(Held.of(momentNanos, alarm, null));
  }

  void flow(long momentNanos, EcsDocument flow) {
    add(Held.of(momentNanos, null, flow));
  }

  private synchronized void add(Held held) {
    if (bytes + held.length > memoryBytes) {
      waiting.add(held.with(null, file.write(held.json())));
      inFile++;
    } else {
      waiting.add(held);
      bytes += held.length;
    }
  }

  /** Texts that wait in memory, in bytes. */
  synchronized long heldBytes() {
    return bytes;
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
    if (first == null || first.momentNanos >= momentNanos) {
      return null;
    }
    waiting.poll();
    if (first.at == HERE) {
      bytes -= first.length;
      return first;
    }
    Held complete = first.with(file.read(first.at, first.length), HERE);
    if (--inFile == 0) {
      file.clear();
    }
    return complete;
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
