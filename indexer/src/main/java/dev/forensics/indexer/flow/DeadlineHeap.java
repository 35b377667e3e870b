package dev.forensics.indexer.flow;

import java.util.Arrays;

/**
 * Deadlines in the order of their release, exactly. A binary heap that knows the place of each
 * element, so that one can leave early; most enter as the last, which costs one comparison.
 */
final class DeadlineHeap {
  private Deadline[] heap = new Deadline[16];
  private int size;

  DeadlineHeap() {}

  /** The first release; Long.MAX_VALUE when there is none. */
  long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : heap[0].releaseNanos;
  }

  void add(Deadline deadline) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    size++;
    up(size - 1, deadline);
  }

  /** The first one; there is one. */
  Deadline first() {
    return heap[0];
  }

  /** Takes one out, which is in here. */
  void remove(Deadline deadline) {
    int hole = deadline.place;
    deadline.place = -1;
    size--;
    Deadline last = heap[size];
    heap[size] = null;
    if (last != deadline) {
      up(hole, last);
      down(last.place, last);
    }
  }

  /** Puts all in order again, after their times were changed. */
  void sort() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      down(i, heap[i]);
    }
  }

  private void up(int from, Deadline deadline) {
    int place = from;
    while (place > 0 && heap[(place - 1) / 2].releaseNanos > deadline.releaseNanos) {
      put(place, heap[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    put(place, deadline);
  }

  private void down(int from, Deadline deadline) {
    int place = from;
    int child = earlierChild(place);
    while (child < size && heap[child].releaseNanos < deadline.releaseNanos) {
      put(place, heap[child]);
      place = child;
      child = earlierChild(place);
    }
    put(place, deadline);
  }

  private int earlierChild(int place) {
    int left = 2 * place + 1;
    boolean isRight = left + 1 < size && heap[left + 1].releaseNanos < heap[left].releaseNanos;
    return isRight ? left + 1 : left;
  }

  private void put(int place, Deadline deadline) {
    heap[place] = deadline;
    deadline.place = place;
  }
}
