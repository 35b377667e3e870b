package dev.forensics.indexer.detect;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Distinct values with how often each was seen, in order of first appearance; bounded. */
public final class CountedValues {
  private static final String[] NO_VALUES = {};
  private static final long[] NO_COUNTS = {};

  /** A text's object, its place and its count. */
  private static final int BYTES_A_VALUE = 64;

  private final int limit;
  private String[] values = NO_VALUES;
  private long[] counts = NO_COUNTS;
  private int size;
  private long others;
  private int textLength;

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
    int index = values().indexOf(value);
    if (index < 0 && size >= limit) {
      others++;
      return;
    }
    if (index < 0) {
      index = size;
      grow();
      values[index] = value;
      textLength += value.length();
    }
    counts[index]++;
  }

  private void grow() {
    if (size == values.length) {
      int length = Math.min(limit, Math.max(1, size * 4));
      values = Arrays.copyOf(values, length);
      counts = Arrays.copyOf(counts, length);
    }
    size++;
  }

  /** The same counts of what a function makes of the values; equal results are one value. */
  public CountedValues map(UnaryOperator<String> function) {
    CountedValues mapped = new CountedValues(limit);
    for (int i = 0; i < size; i++) {
      mapped.add(function.apply(values[i]));
      mapped.counts[mapped.values().indexOf(function.apply(values[i]))] += counts[i] - 1;
    }
    mapped.others = others;
    return mapped;
  }

  /** The values, in order of first appearance. */
  public List<String> values() {
    return Collections.unmodifiableList(Arrays.asList(values).subList(0, size));
  }

  /** How often the i-th value was seen. */
  public long count(int index) {
    return counts[index];
  }

  /** How many were counted but not kept, since there were too many distinct values. */
  public long others() {
    return others;
  }

  /** Roughly the bytes of memory that the values take. */
  public int keptBytes() {
    return size * BYTES_A_VALUE + textLength;
  }

  /** True when nothing was counted. */
  public boolean isEmpty() {
    return size == 0;
  }
}
