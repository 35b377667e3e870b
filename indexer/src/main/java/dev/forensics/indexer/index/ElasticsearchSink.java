package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends documents to Elasticsearch in bulk requests.
 *
 * <p>Flows and alarms are created: a document that is there already under its id counts as a
 * duplicate, which Elasticsearch notices only within the current write index of the data stream
 * (see {@link DocumentLookup#existing} for the older ones). A request whose answer got lost is sent
 * again, so its documents count as duplicates too. Entries of the ledger are overwritten, one
 * request at a time, so that they arrive in the order in which they were accepted; nothing orders
 * them against flows and alarms but {@link #flush}.
 *
 * <p>What Elasticsearch cannot take now (429, 5xx, no connection, no right) is sent again with
 * growing pauses, for ever or until {@link BulkSettings#giveUpAfter}; meanwhile {@link #accept}
 * waits and memory does not grow. After giving up, the sink stays failed: every call throws {@link
 * UndeliveredException}. What Elasticsearch will never take goes to {@link DeadLetters}.
 */
public final class ElasticsearchSink implements DocumentSink {
  private static final int END_SECONDS = 30;

  private final ElasticsearchConnection connection;
  private final boolean ownsConnection;
  private final DeadLetters deadLetters;
  private final DeliveryState state;
  private final SinkTally tally = new SinkTally();
  private final BulkLane documents;
  private final BulkLane ledger;
  private final Map<DocumentKind, BulkAction> actions = new EnumMap<>(DocumentKind.class);
  private final List<Thread> senders = new ArrayList<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** A sink over a connection that the caller closes afterwards. */
  public ElasticsearchSink(ElasticsearchConnection connection) {
    this(connection, false, InstantSource.system());
  }

  private ElasticsearchSink(
      ElasticsearchConnection connection, boolean ownsConnection, InstantSource clock) {
    BulkSettings bulk = connection.settings().bulk();
    this.connection = connection;
    this.ownsConnection = ownsConnection;
    this.deadLetters = new DeadLetters(bulk.deadLetterFolder(), connection.names(), clock);
    this.state = new DeliveryState(clock);
    this.documents = new BulkLane(bulk, bulk.concurrency());
    this.ledger = new BulkLane(bulk, 1);
    for (DocumentKind kind : DocumentKind.values()) {
      actions.put(kind, BulkAction.of(kind, connection.names()));
    }
    for (int i = 1; i <= bulk.concurrency(); i++) {
      startSender("bulk-" + i, documents, true);
    }
    startSender("bulk-ledger", ledger, false);
  }

  /** A sink with a connection of its own; nothing is sent before the first document. */
  public static ElasticsearchSink open(ElasticsearchSettings settings) throws IOException {
    return new ElasticsearchSink(
        ElasticsearchConnection.open(settings), true, InstantSource.system());
  }

  private void startSender(String name, BulkLane lane, boolean intoDataStreams) {
    BulkSender sender =
        new BulkSender(lane, connection, deadLetters, state, tally, intoDataStreams);
    Thread thread = new Thread(sender, name);
    thread.setDaemon(true);
    senders.add(thread);
    thread.start();
  }

  @Override
  public void accept(EcsDocument document) throws InterruptedException, IOException {
    laneOf(document.kind()).add(actions.get(document.kind()), document);
    tally.accepted.increment();
  }

  private BulkLane laneOf(DocumentKind kind) {
    return kind == DocumentKind.CAPTURE ? ledger : documents;
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    documents.flush();
    ledger.flush();
    deadLetters.sync();
  }

  @Override
  public SinkCounts counts() {
    return tally.counts();
  }

  /** Whether documents get through, for a health endpoint. */
  public SinkHealth health() {
    return state.health();
  }

  /** How busy it is, for metrics. */
  public SinkLoad load() {
    return tally.load(
        documents.queuedBytes() + ledger.queuedBytes(),
        documents.limitBytes() + ledger.limitBytes());
  }

  /** The connection it sends over. */
  public ElasticsearchConnection connection() {
    return connection;
  }

  @Override
  public void close() throws IOException {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    try {
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupt =
          new InterruptedIOException("interrupted before everything was delivered");
      interrupt.initCause(e);
      throw interrupt;
    } finally {
      free();
    }
  }

  /** After a flush the senders are idle; after a failed one they must be torn from their work. */
  private void free() throws IOException {
    documents.end();
    ledger.end();
    boolean interrupted = Thread.interrupted();
    for (Thread sender : senders) {
      sender.interrupt();
    }
    try {
      for (Thread sender : senders) {
        sender.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      freeFiles();
    }
  }

  private void freeFiles() throws IOException {
    try {
      deadLetters.close();
    } finally {
      if (ownsConnection) {
        connection.close();
      }
    }
  }
}
