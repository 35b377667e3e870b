package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.FlowTable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * One thread with a flow table of its own: takes the packets of its share of the flows from every
 * batch. A failure is kept for the reading thread and the worker goes on emptying its inbox, so
 * that nobody waits for ever.
 */
final class FlowWorker implements Runnable {
  /** Batches waiting at most; the reading thread waits when there are more. */
  private static final int INBOX = 8;

  private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX);
  private final FlowTable table;
  private final int number;
  private final int workers;
  private final BatchEnd end;
  private volatile Throwable failure;

  /** What the inbox holds. */
  sealed interface Message permits BatchMessage, TaskMessage {}

  /** Packets to look at. */
  record BatchMessage(PacketBatch batch) implements Message {}

  /** Something to do with the table once everything before is done. */
  record TaskMessage(Consumer<FlowTable> task, Runnable whenDone, boolean last)
      implements Message {}

  FlowWorker(FlowTable table, int number, int workers, BatchEnd end) {
    this.table = table;
    this.number = number;
    this.workers = workers;
    this.end = end;
  }

  /** What the last worker to be done with a batch does. */
  interface BatchEnd {
    /** Batches come in order, one at a time; called unless this worker failed. */
    void passed(PacketBatch batch);

    /** Nobody looks at the batch any more. */
    void recycle(PacketBatch batch);
  }

  void send(Message message) throws InterruptedException {
    inbox.put(message);
  }

  /** What went wrong on this worker's thread, or null. */
  Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    boolean going = true;
    while (going) {
      try {
        going = handle(inbox.take());
      } catch (InterruptedException e) {
        failure = e;
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean handle(Message message) {
    if (message instanceof BatchMessage packets) {
      guard(() -> look(packets.batch()));
      done(packets.batch());
      return true;
    }
    TaskMessage task = (TaskMessage) message;
    guard(() -> task.task().accept(table));
    task.whenDone().run();
    return !task.last();
  }

  /**
   * The last worker of a batch is still in here when another is done with the next batch, but that
   * next batch has this worker before it: so ends come in the order of the batches.
   */
  private void done(PacketBatch batch) {
    if (batch.done()) {
      guard(() -> end.passed(batch));
      end.recycle(batch);
    }
  }

  private void guard(Runnable work) {
    if (failure != null) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private void look(PacketBatch batch) {
    DecodedPacket[] packets = batch.packets;
    int count = batch.count;
    table.setForward(batch.steppedNanos, batch.ahead);
    if (workers == 1) {
      for (int i = 0; i < count; i++) {
        table.packet(packets[i]);
      }
      return;
    }
    if (count == 0) {
      return;
    }
    table.advance(packets[0].clockNanos); // a step back is before the first packet
    for (int i = 0; i < count; i++) {
      if (shareOf(packets[i].flowHash, workers) == number) {
        table.packet(packets[i]);
      }
    }
    table.advance(packets[count - 1].clockNanos); // as far as the worker who has the last packet
  }

  /** Spreads by the high bits; the flow table indexes by the low ones. */
  private static int shareOf(int flowHash, int workers) {
    return (int) (((flowHash & 0xFFFFFFFFL) * workers) >>> 32);
  }
}
