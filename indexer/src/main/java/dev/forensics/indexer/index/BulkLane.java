package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way from the threads that accept documents to those that send them: one batch is being
 * filled, full ones wait, sent ones come back empty. The number of batches is fixed, so is the
 * memory; whoever adds while all are full waits. A batch is sent when it is full, when a flush asks
 * for it, or when it is due and a sender is idle: under load batches are large, else they are
 * early.
 */
final class BulkLane {
  private static final long URGENT_SHARE = 5;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sendable = lock.newCondition();
  private final Condition free = lock.newCondition();
  private final Condition settled = lock.newCondition();
  private final Deque<BulkBatch> spare = new ArrayDeque<>();
  private final Deque<BulkBatch> full = new ArrayDeque<>();
  private final TreeSet<Long> unsettled = new TreeSet<>();
  private final int batches;
  private final int maximumBytes;
  private final int maximumDocuments;
  private final long delayNanos;
  private BulkBatch filling;
  private long lastSequence;
  private long queuedBytes;
  private boolean isEnding;
  private IOException failure;

  BulkLane(BulkSettings settings, int senders) {
    maximumBytes = settings.maximumBytes();
    maximumDocuments = settings.maximumDocuments();
    delayNanos = settings.maximumDelay().toNanos();
    batches = senders + 2;
    for (int i = 0; i < batches; i++) {
      spare.add(new BulkBatch(maximumBytes));
    }
  }

  /** Adds a document, waiting while every batch is full. */
  void add(BulkAction action, EcsDocument document) throws InterruptedException, IOException {
    int needed = action.length(document.id()) + document.json().length + 1;
    lock.lockInterruptibly();
    try {
      BulkBatch batch = batchFor(needed);
      int before = batch.length();
      long wait = document.kind() == DocumentKind.FLOW ? delayNanos : delayNanos / URGENT_SHARE;
      long due = System.nanoTime() + wait;
      boolean earlier = batch.count() == 0 || due - batch.dueNanos() < 0;
      batch.add(action, document, due);
      queuedBytes += batch.length() - before;
      if (batch.isFullFor(1, maximumBytes, maximumDocuments)) {
        seal();
      } else if (earlier) {
        sendable.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private BulkBatch batchFor(int needed) throws InterruptedException, IOException {
    while (true) {
      requireSound();
      if (filling != null && filling.isFullFor(needed, maximumBytes, maximumDocuments)) {
        seal();
      }
      if (filling == null && !spare.isEmpty()) {
        filling = spare.pop();
        filling.begin(++lastSequence);
        unsettled.add(lastSequence);
      }
      if (filling != null) {
        return filling;
      }
      free.await();
    }
  }

  private void seal() {
    full.add(filling);
    filling = null;
    sendable.signal();
  }

  private void requireSound() throws IOException {
    if (failure != null) {
      throw new UndeliveredException(failure.getMessage(), failure);
    }
    if (isEnding) {
      throw new IOException("the sink is closed");
    }
  }

  /** The next batch to send; null when the lane has ended. */
  BulkBatch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (failure == null) {
        if (full.isEmpty() && isDue()) {
          seal();
        }
        if (!full.isEmpty()) {
          return full.poll();
        }
        if (isEnding) {
          return null;
        }
        if (filling == null || filling.count() == 0) {
          sendable.await();
        } else {
          sendable.awaitNanos(filling.dueNanos() - System.nanoTime());
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return filling != null && filling.count() > 0 && filling.dueNanos() - System.nanoTime() <= 0;
  }

  /** A batch whose items are all stored or dead letters comes back. */
  void settle(BulkBatch batch, int bytesAtTake) {
    lock.lock();
    try {
      unsettled.remove(batch.sequence());
      queuedBytes -= bytesAtTake;
      spare.push(batch);
      free.signalAll();
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything added before is settled. */
  void flush() throws InterruptedException, IOException {
    lock.lockInterruptibly();
    try {
      if (filling != null && filling.count() > 0) {
        filling.makeDue(System.nanoTime());
        sendable.signalAll();
      }
      long target = lastSequence;
      while (failure == null && !unsettled.isEmpty() && unsettled.first() <= target) {
        settled.await();
      }
      if (failure != null) {
        requireSound();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more can be delivered: everyone waiting is told. */
  void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the senders end. */
  void end() {
    lock.lock();
    try {
      isEnding = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  private void wakeAll() {
    sendable.signalAll();
    free.signalAll();
    settled.signalAll();
  }

  /** How many bytes it takes before whoever adds has to wait, large documents aside. */
  long limitBytes() {
    return (long) batches * maximumBytes;
  }

  /** Bytes accepted and not settled. */
  long queuedBytes() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }
}
