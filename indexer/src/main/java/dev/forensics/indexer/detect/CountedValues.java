package dev.forensics.indexer.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Distinct values with how often each was seen, in order of first appearance; bounded. */
public final class CountedValues {
  private final int limit;
  private final List<String> values = new ArrayList<>(1);
  private long[] counts = new long[1];
  private long others;

  /**
   * Makes an empty one.
   *
   * @param limit how many distinct values are kept; further ones are only counted
   */
  public CountedValues(int limit) {
    this.limit = limit;
  }

  /** Counts one; null is not counted. */
  public void add(String value) {
    if (value == null) {
      return;
    }
    int index = values.indexOf(value);
    if (index < 0 && values.size() >= limit) {
      others++;
      return;
    }
    if (index < 0) {
      index = values.size();
      values.add(value);
      grow();
    }
    counts[index]++;
  }

  private void grow() {
    if (values.size() > counts.length) {
      counts = java.util.Arrays.copyOf(counts, Math.min(limit, counts.length * 4));
    }
  }

  /** The values, in order of first appearance. */
  public List<String> values() {
    return Collections.unmodifiableList(values);
  }

  /** How often the i-th value was seen. */
  public long count(int index) {
    return counts[index];
  }

  /** How many were counted but not kept, since there were too many distinct values. */
  public long others() {
    return others;
  }

  /** True when nothing was counted. */
  public boolean isEmpty() {
    return values.isEmpty();
  }
}
