package dev.forensics.indexer.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a capture, both ends included.
 *
 * @param first position of its first record, in bytes of the uncompressed capture; 0 for the
 *     capture's beginning
 * @param last position of its last record; Long.MAX_VALUE for the capture's end
 */
record Span(long first, long last) {
  /** The whole capture. */
  static final Span ALL = new Span(0, Long.MAX_VALUE);

  boolean contains(long position) {
    return position >= first && position <= last;
  }

  /** The same stretches in order, those that touch or overlap made one. */
  static List<Span> merged(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingLong(Span::first));
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      int end = merged.size() - 1;
      if (end >= 0 && span.first <= merged.get(end).last) {
        Span before = merged.get(end);
        merged.set(end, new Span(before.first, Math.max(before.last, span.last)));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }
}
