package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.util.Arrays;

/**
 * Documents on their way in one request, in the bytes that are sent. Reused; filled by one thread
 * at a time, then owned by one sender.
 */
final class BulkBatch {
  private static final int FIRST_BYTES = 64 << 10;
  private static final int FIRST_ITEMS = 64;

  private final int usualBytes;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int count;
  private int[] starts = new int[FIRST_ITEMS];
  private int[] sources = new int[FIRST_ITEMS];
  private String[] ids = new String[FIRST_ITEMS];
  private DocumentKind[] kinds = new DocumentKind[FIRST_ITEMS];
  private long sequence;
  private long dueNanos;

  /** A batch whose array is given back to the heap when one document made it much larger. */
  BulkBatch(int usualBytes) {
    this.usualBytes = usualBytes;
  }

  /** Empties it and gives it a place in the order of batches. */
  void begin(long newSequence) {
    sequence = newSequence;
    dueNanos = Long.MAX_VALUE;
    length = 0;
    count = 0;
    if (bytes.length > 2 * usualBytes + FIRST_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /** Adds a document; dueAt is the System.nanoTime at which it must be sent. */
  void add(BulkAction action, EcsDocument document, long dueAt) {
    int needed = action.length(document.id()) + document.json().length + 1;
    ensure(needed);
    starts[count] = length;
    int source = action.write(document.id(), bytes, length);
    sources[count] = source;
    ids[count] = document.id();
    kinds[count] = document.kind();
    System.arraycopy(document.json(), 0, bytes, source, document.json().length);
    length = source + document.json().length;
    bytes[length++] = '\n';
    dueNanos = count == 0 || dueAt - dueNanos < 0 ? dueAt : dueNanos;
    count++;
  }

  private void ensure(int needed) {
    if (bytes.length - length < needed) {
      long wanted = Math.max(2L * bytes.length, (long) length + needed);
      long limit = Math.max(usualBytes, (long) length + needed);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(wanted, limit)));
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      sources = Arrays.copyOf(sources, 2 * count);
      ids = Arrays.copyOf(ids, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
  }

  /** Whether another document of this many bytes would make it larger than allowed. */
  boolean isFullFor(int more, int maximumBytes, int maximumDocuments) {
    return count >= maximumDocuments || (count > 0 && length + more > maximumBytes);
  }

  /** Place in the order of batches. */
  long sequence() {
    return sequence;
  }

  /** System.nanoTime at which it must be sent. */
  long dueNanos() {
    return dueNanos;
  }

  void makeDue(long now) {
    dueNanos = now;
  }

  int count() {
    return count;
  }

  int length() {
    return length;
  }

  /** The request's bytes; owned by the batch. */
  byte[] bytes() {
    return bytes;
  }

  /** Offset in bytes at which an item's action line begins; count() gives the end. */
  int start(int item) {
    return item == count ? length : starts[item];
  }

  /** Offset in bytes at which an item's document begins. */
  int sourceStart(int item) {
    return sources[item];
  }

  /** Offset behind an item's document, at its line break. */
  int sourceEnd(int item) {
    return start(item + 1) - 1;
  }

  String id(int item) {
    return ids[item];
  }

  DocumentKind kind(int item) {
    return kinds[item];
  }

  /** Whether a later item has the same id as this one and the given fate. */
  boolean isFollowedBySame(int item, ItemFate[] fates, ItemFate fate) {
    for (int later = item + 1; later < count; later++) {
      if (fates[later] == fate && ids[later].equals(ids[item])) {
        return true;
      }
    }
    return false;
  }

  /** Keeps only the items with a fate, in order and in place. */
  void retain(ItemFate[] fates, ItemFate wanted) {
    int keptCount = 0;
    int keptLength = 0;
    for (int item = 0; item < count; item++) {
      if (fates[item] != wanted) {
        continue;
      }
      int from = start(item);
      int size = start(item + 1) - from;
      int header = sources[item] - from;
      System.arraycopy(bytes, from, bytes, keptLength, size);
      starts[keptCount] = keptLength;
      sources[keptCount] = keptLength + header;
      ids[keptCount] = ids[item];
      kinds[keptCount] = kinds[item];
      keptCount++;
      keptLength += size;
    }
    count = keptCount;
    length = keptLength;
  }
}
