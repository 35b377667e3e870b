package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.PacketRecord;
import java.util.Arrays;

/**
 * Where the sections of a pcapng begin, so that documents can say in which one a packet stands. The
 * first {@value #MOST} sections that packets stand in are known. Written by the reading thread,
 * read by the workers, of places that have been read.
 */
final class CaptureSections {
  /** A file of more is one of many short captures joined together. */
  private static final int MOST = 1_024;

  private volatile long[] starts = new long[0];
  private volatile long unknownFrom = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  /** Takes note of the next record of the capture. */
  void reached(PacketRecord record) {
    if (record.section != latest) {
      begin(record.section);
    }
  }

  private void begin(long section) {
    latest = section;
    long[] before = starts;
    int at = -1 - Arrays.binarySearch(before, section);
    if (at < 0) {
      return; // sections whose times overlap are read side by side
    }
    if (before.length < MOST) {
      long[] more = Arrays.copyOf(before, before.length + 1);
      System.arraycopy(before, at, more, at + 1, before.length - at);
      more[at] = section;
      starts = more;
    } else {
      unknownFrom = Math.min(unknownFrom, section);
    }
  }

  /** Start of the section around a record's position, in bytes; NO_SECTION when not known. */
  long of(long position) {
    long[] known = starts;
    int at = Arrays.binarySearch(known, position);
    // Not found, the answer is -1 - (index of the first greater one).
    int index = at >= 0 ? at : -at - 2;
    return index < 0 || position >= unknownFrom ? PacketRecord.NO_SECTION : known[index];
  }
}
