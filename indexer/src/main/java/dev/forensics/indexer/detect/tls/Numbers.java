package dev.forensics.indexer.detect.tls;

import java.util.Arrays;

/** A growing list of numbers. */
final class Numbers {
  private int[] values = new int[16];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
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
    Numbers kept = new Numbers();
    for (int i = 0; i < size; i++) {
      if (!TlsVersions.isGrease(values[i])) {
        kept.add(values[i]);
      }
    }
    return kept;
  }

  Numbers sorted() {
    Numbers copy = new Numbers();
    copy.values = Arrays.copyOf(values, Math.max(1, size));
    copy.size = size;
    Arrays.sort(copy.values, 0, size);
    return copy;
  }

  /** Decimal, joined by dashes (JA3). */
  String decimal() {
    StringBuilder text = new StringBuilder(size * 6);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : "-").append(values[i]);
    }
    return text.toString();
  }

  /** Four hex digits each, joined by commas (JA4). */
  String hex() {
    StringBuilder text = new StringBuilder(size * 5);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      String digits = Integer.toHexString(values[i]);
      text.append("0000", 0, Math.max(0, 4 - digits.length())).append(digits);
    }
    return text.toString();
  }
}
