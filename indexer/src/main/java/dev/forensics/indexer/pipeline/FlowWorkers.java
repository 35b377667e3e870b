package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.FlowTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The flow workers of one sensor, with the batches that go to them. All methods are for the reading
 * thread.
 */
final class FlowWorkers implements BatchBlocks.Dispatch, FlowWorker.BatchEnd {
  /** Batches in use at most: enough to keep every worker busy while one is being filled. */
  private static final int BATCHES = 10;

  /** Blocks that wait for one batch at most: packets that none takes fill blocks, and no batch. */
  private static final int MOST_RETIRED = 4;

  private final List<FlowWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ArrayDeque<PacketBatch> free = new ArrayDeque<>();
  private final BatchBlocks blocks;
  private final WorkersProgress progress;
  private PacketBatch current;
  private int made;
  private long clockNanos = Long.MIN_VALUE;

  /** Of the batch that is being filled; see {@link FlowTable#setForward}. */
  private long steppedNanos;

  private long[] ahead = {};

  /** How far the clock was set back in all. */
  private long setBackNanos;

  /**
   * @param name names the threads
   * @param tables one flow table a worker
   * @param openReaders how many captures may be open at once
   * @param progress hears how far all workers are
   */
  FlowWorkers(String name, List<FlowTable> tables, int openReaders, WorkersProgress progress) {
    this.progress = progress;
    blocks = new BatchBlocks(BATCHES + openReaders, this);
    for (FlowTable table : tables) {
      FlowWorker worker = new FlowWorker(table, workers.size(), tables.size(), this);
      workers.add(worker);
      Thread thread = new Thread(worker, name + "-flows-" + workers.size());
      thread.setDaemon(true);
      threads.add(thread);
    }
    current = borrow();
    threads.forEach(Thread::start);
  }

  BatchBlocks blocks() {
    return blocks;
  }

  /** The packet to decode into next. Valid until {@link #commit} or the next call. */
  DecodedPacket next() {
    return current.packets[current.count];
  }

  /**
   * The packet given by {@link #next} is filled and has its clock.
   *
   * @param clock the sensor's, at that packet
   */
  void commit(TrafficClock clock) {
    PacketBatch batch = current;
    boolean isSet =
        clock.nanos() < clockNanos
            || clock.steppedNanos() != steppedNanos
            || clock.ahead() != ahead;
    if (isSet) {
      batch = sendAllButNext(batch);
    }
    moveTo(clock);
    if (++batch.count == PacketBatch.CAPACITY) {
      flush();
    }
  }

  /** A batch never holds a step of the clock, so that every worker hears of each. */
  private PacketBatch sendAllButNext(PacketBatch batch) {
    if (batch.count == 0) {
      return batch;
    }
    current = borrow();
    DecodedPacket packet = batch.packets[batch.count];
    batch.packets[batch.count] = current.packets[0];
    current.packets[0] = packet;
    send(batch);
    return current;
  }

  private void moveTo(TrafficClock clock) {
    long nanos = clock.nanos();
    if (nanos < clockNanos) {
      setBackNanos += clockNanos - nanos;
    }
    clockNanos = nanos;
    steppedNanos = clock.steppedNanos();
    ahead = clock.ahead();
  }

  @Override
  public void flush() {
    if (!current.isEmpty()) {
      send(current);
      current = borrow();
    }
  }

  private void send(PacketBatch batch) {
    batch.steppedNanos = steppedNanos;
    batch.ahead = ahead;
    batch.send(workers.size(), clockNanos + setBackNanos);
    FlowWorker.Message message = new FlowWorker.BatchMessage(batch);
    workers.forEach(worker -> send(worker, message));
    failIfWorkerFailed();
  }

  @Override
  public void releaseAfterCurrentBatch(byte[] block) {
    current.retiredBlocks.add(block);
    if (current.retiredBlocks.size() == MOST_RETIRED) {
      flush();
    }
  }

  /**
   * Runs a task on every worker after everything sent before, and waits for it.
   *
   * @param clock the sensor's, to which the tables move first unless it is not set yet
   */
  void run(TrafficClock clock, Consumer<FlowTable> task) {
    flush();
    if (clock.nanos() == TrafficClock.UNSET) {
      run(task, false);
      return;
    }
    moveTo(clock);
    long nanos = clockNanos;
    long stepped = steppedNanos;
    long[] times = ahead;
    run(
        table -> {
          table.setForward(stepped, times);
          table.advance(nanos);
          task.accept(table);
        },
        false);
  }

  /** Waits until all workers have dealt with what was committed; nothing else happens. */
  void catchUp() {
    flush();
    runAndWait(table -> {}, false);
    failIfWorkerFailed();
  }

  /** Ends the threads, whatever state they are in. */
  void close() {
    run(table -> {}, true);
  }

  private void run(Consumer<FlowTable> task, boolean last) {
    runAndWait(task, last);
    if (!last) {
      failIfWorkerFailed();
      progress.settled();
    }
  }

  private void runAndWait(Consumer<FlowTable> task, boolean last) {
    CountDownLatch done = new CountDownLatch(workers.size());
    FlowWorker.Message message = new FlowWorker.TaskMessage(task, done::countDown, last);
    workers.forEach(worker -> send(worker, message));
    await(done);
  }

  private void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while waiting for the flow workers", e);
    }
  }

  private void send(FlowWorker worker, FlowWorker.Message message) {
    try {
      worker.send(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while handing packets over", e);
    }
  }

  private void failIfWorkerFailed() {
    for (FlowWorker worker : workers) {
      Throwable failure = worker.failure();
      if (failure instanceof PipelineException known) {
        throw known;
      }
      if (failure != null) {
        throw new PipelineException("a flow worker failed: " + failure, failure);
      }
    }
  }

  private PacketBatch borrow() {
    synchronized (free) {
      while (free.isEmpty() && made >= BATCHES) {
        waitForBatch();
      }
      if (free.isEmpty()) {
        made++;
        return new PacketBatch();
      }
      return free.pop();
    }
  }

  private void waitForBatch() {
    try {
      free.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while waiting for the flow workers", e);
    }
  }

  @Override
  public void passed(PacketBatch batch) {
    if (batch.count > 0) {
      progress.passed(batch.packets[batch.count - 1], batch.momentNanos);
    }
  }

  @Override
  public void recycle(PacketBatch batch) {
    batch.retiredBlocks.forEach(blocks::release);
    batch.clear();
    synchronized (free) {
      free.push(batch);
      free.notifyAll();
    }
  }
}
