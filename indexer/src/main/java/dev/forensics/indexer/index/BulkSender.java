package dev.forensics.indexer.index;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the batches of one lane, one at a time, each until every document has found its end. */
final class BulkSender implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BulkSender.class);
  private static final ContentType NDJSON =
      ContentType.parse("application/vnd.elasticsearch+x-ndjson; compatible-with=8");
  private static final RequestOptions OPTIONS =
      RequestOptions.DEFAULT.toBuilder()
          .addHeader("Accept", ElasticsearchConnection.JSON_TYPE)
          .build();
  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;

  private final BulkLane lane;
  private final ElasticsearchConnection connection;
  private final DeadLetters deadLetters;
  private final DeliveryState state;
  private final SinkTally tally;
  private final boolean intoDataStreams;
  private ItemFate[] fates = new ItemFate[0];
  private String problem;

  /** intoDataStreams refuses to create an index without our template where a stream should be. */
  BulkSender(
      BulkLane lane,
      ElasticsearchConnection connection,
      DeadLetters deadLetters,
      DeliveryState state,
      SinkTally tally,
      boolean intoDataStreams) {
    this.lane = lane;
    this.connection = connection;
    this.deadLetters = deadLetters;
    this.state = state;
    this.tally = tally;
    this.intoDataStreams = intoDataStreams;
  }

  @Override
  public void run() {
    try {
      for (BulkBatch batch = lane.take(); batch != null; batch = lane.take()) {
        int bytes = batch.length();
        deliver(batch);
        lane.settle(batch, bytes);
      }
    } catch (InterruptedException e) {
      lane.fail(new IOException("the sink was closed before everything was delivered", e));
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("documents stay undelivered and are read again next time: {}", e.getMessage());
      lane.fail(e);
    } catch (RuntimeException e) {
      LOG.error("documents stay undelivered and are read again next time", e);
      lane.fail(new IOException("sending failed: " + e, e));
    }
  }

  private void deliver(BulkBatch batch) throws IOException, InterruptedException {
    long lastProgress = System.nanoTime();
    int failures = 0;
    while (batch.count() > 0) {
      boolean progress = attempt(batch);
      if (batch.count() == 0) {
        return;
      }
      tally.retries.increment();
      state.failed(problem);
      failures = progress ? 1 : failures + 1;
      lastProgress = progress ? System.nanoTime() : lastProgress;
      requirePatience(lastProgress);
      Thread.sleep(Backoff.millis(failures));
    }
  }

  private void requirePatience(long lastProgress) throws UndeliveredException {
    Optional<Duration> limit = connection.settings().bulk().giveUpAfter();
    if (limit.isPresent() && System.nanoTime() - lastProgress > limit.get().toNanos()) {
      throw new UndeliveredException(
          "given up after " + limit.get().toSeconds() + " s: " + problem, null);
    }
  }

  /** Sends a batch once; what must be sent again stays in it. True when something got through. */
  private boolean attempt(BulkBatch batch) throws IOException, InterruptedException {
    int items = batch.count();
    if (fates.length < items) {
      fates = new ItemFate[items];
    }
    Arrays.fill(fates, 0, items, ItemFate.RETRY);
    send(batch, 0, items);
    supersede(batch);
    boolean progress = tallyFates(items);
    batch.retain(fates, ItemFate.RETRY);
    if (progress) {
      state.succeeded();
    }
    return progress;
  }

  /** An older state of a ledger entry must not be sent again behind a newer one. */
  private void supersede(BulkBatch batch) {
    if (intoDataStreams) {
      return;
    }
    for (int item = 0; item < batch.count(); item++) {
      if (fates[item] == ItemFate.RETRY && batch.isFollowedBySame(item, fates, ItemFate.STORED)) {
        fates[item] = ItemFate.DUPLICATE;
      }
    }
  }

  private boolean tallyFates(int items) {
    int retry = 0;
    int stored = 0;
    int duplicates = 0;
    for (int item = 0; item < items; item++) {
      switch (fates[item]) {
        case RETRY -> retry++;
        case STORED -> stored++;
        case DUPLICATE -> duplicates++;
        case REFUSED -> {}
      }
    }
    tally.indexed.add(stored);
    tally.duplicates.add(duplicates);
    tally.deadLettered.add((long) items - retry - stored - duplicates);
    return retry < items;
  }

  /** Sends the items from..to, in halves when the server does not take them whole. */
  private void send(BulkBatch batch, int from, int to) throws IOException, InterruptedException {
    Request request = request(batch, from, to);
    tally.requestsInFlight.incrementAndGet();
    long begun = System.nanoTime();
    try {
      Response answer = connection.rest().performRequest(request);
      tally.requests.increment();
      tally.requestNanos.add(System.nanoTime() - begun);
      takeAnswer(batch, from, to, answer);
    } catch (ResponseException e) {
      tally.failedRequests.increment();
      takeRefusal(batch, from, to, e);
    } catch (DeadLetterFailure e) {
      throw e.reason();
    } catch (IOException e) {
      tally.failedRequests.increment();
      problem = ElasticsearchFault.describe(e, connection.settings());
    } catch (RuntimeException e) {
      throw interruptedOr(e);
    } finally {
      tally.requestsInFlight.decrementAndGet();
    }
  }

  /** The client wraps an interrupt, and sets the flag again. */
  private static RuntimeException interruptedOr(RuntimeException e) throws InterruptedException {
    if (Thread.interrupted()) {
      InterruptedException interrupt = new InterruptedException("while sending");
      interrupt.initCause(e);
      throw interrupt;
    }
    return e;
  }

  private Request request(BulkBatch batch, int from, int to) {
    Request request = new Request("POST", "/_bulk");
    request.setOptions(OPTIONS);
    request.addParameter("filter_path", BulkReply.FILTER);
    if (intoDataStreams) {
      request.addParameter("require_data_stream", "true");
    }
    int start = batch.start(from);
    request.setEntity(new NByteArrayEntity(batch.bytes(), start, batch.start(to) - start, NDJSON));
    return request;
  }

  private void takeAnswer(BulkBatch batch, int from, int to, Response answer) throws IOException {
    try (InputStream body = answer.getEntity().getContent()) {
      boolean allStored =
          BulkReply.read(
              body,
              to - from,
              (item, status, type, reason) -> takeItem(batch, from + item, status, type, reason));
      if (allStored) {
        Arrays.fill(fates, from, to, ItemFate.STORED);
      }
    }
  }

  private void takeItem(BulkBatch batch, int item, int status, String type, String reason)
      throws IOException {
    ItemFate fate = ItemFate.of(status, type);
    fates[item] = fate;
    if (fate == ItemFate.RETRY) {
      problem =
          "Elasticsearch answers "
              + status
              + " for a document: "
              + type
              + ": "
              + ElasticsearchFault.shorten(reason);
    } else if (fate == ItemFate.REFUSED) {
      bury(batch, item, status, type, reason);
    }
  }

  /**
   * A request refused as a whole for its content is halved until the document at fault stands
   * alone; for anything else it is sent again.
   */
  private void takeRefusal(BulkBatch batch, int from, int to, ResponseException refusal)
      throws IOException, InterruptedException {
    int status = refusal.getResponse().getStatusLine().getStatusCode();
    problem = ElasticsearchFault.describe(refusal, connection.settings());
    if (status != BAD_REQUEST && status != CONTENT_TOO_LARGE) {
      return;
    }
    if (to - from > 1) {
      int middle = (from + to) >>> 1;
      send(batch, from, middle);
      send(batch, middle, to);
      return;
    }
    fates[from] = ItemFate.REFUSED;
    try {
      bury(batch, from, status, "request_refused", problem);
    } catch (DeadLetterFailure e) {
      throw e.reason();
    }
  }

  private void bury(BulkBatch batch, int item, int status, String type, String reason)
      throws DeadLetterFailure {
    try {
      deadLetters.write(
          new DeadLetters.Letter(
              batch.kind(item),
              batch.id(item),
              status,
              type,
              reason,
              batch.bytes(),
              batch.sourceStart(item),
              batch.sourceEnd(item)));
    } catch (IOException e) {
      throw new DeadLetterFailure(e);
    }
  }

  /** Tells a full disk here from a failing network there. */
  private static final class DeadLetterFailure extends IOException {
    private static final long serialVersionUID = 1L;

    DeadLetterFailure(IOException cause) {
      super(cause);
    }

    IOException reason() {
      return new IOException("a refused document could not be kept: " + getMessage(), getCause());
    }
  }
}
