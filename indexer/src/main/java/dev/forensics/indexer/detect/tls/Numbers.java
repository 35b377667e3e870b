package dev.forensics.indexer.detect.tls;

import java.util.Arrays;

/** A growing list of numbers of 16 bits. */
final class Numbers {
  private static final int[] EMPTY = {};
  private static final int FIRST = 16;

  private int[] values;
  private int size;

  Numbers() {
    values = EMPTY;
  }

  private Numbers(int capacity) {
    values = new int[capacity];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(FIRST, size * 2));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  /** The numbers without those of GREASE. */
  Numbers withoutGrease() {
    Numbers kept = new Numbers(size);
    for (int i = 0; i < size; i++) {
      if (!TlsVersions.isGrease(values[i])) {
        kept.add(values[i]);
      }
    }
    return kept;
  }

  Numbers sorted() {
    Numbers copy = new Numbers(size);
    System.arraycopy(values, 0, copy.values, 0, size);
    copy.size = size;
    Arrays.sort(copy.values);
    return copy;
  }

  /** Decimal, joined by dashes (JA3). */
  String decimal() {
    StringBuilder text = new StringBuilder(size * 6);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        text.append('-');
      }
      text.append(values[i]);
    }
    return text.toString();
  }

  /** Four hex digits each, joined by commas (JA4). */
  String hex() {
    StringBuilder text = new StringBuilder(size * 5);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        text.append(',');
      }
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(Character.forDigit(values[i] >>> shift & 0xF, 16));
      }
    }
    return text.toString();
  }
}
