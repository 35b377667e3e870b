package dev.forensics.indexer.flow;

/** Where two versions of the same sequence numbers differ; begun again for each comparison. */
final class Difference {
  /** Most bytes of Ethernet padding behind IPv4 and TCP headers without options. */
  private static final int MOST_PADDING = 6;

  private int bytes;
  private int first;
  private int last;
  private int ofOne;
  private int ofOther;

  /** Nothing is compared yet. */
  void begin() {
    bytes = 0;
    ofOne = 0;
    ofOther = 0;
  }

  /** Takes the two versions of a sequence number; numbers come in order. */
  void take(int sequence, byte one, byte other) {
    if (one == other) {
      return;
    }
    first = bytes == 0 ? sequence : first;
    last = sequence;
    ofOne |= one;
    ofOther |= other;
    bytes++;
  }

  /** How many bytes differ. */
  int bytes() {
    return bytes;
  }

  /** Sequence number of the first that differs; only where one does. */
  int first() {
    return first;
  }

  /** False where nothing differs, and where one version is padding: few bytes, all zeros. */
  boolean isConflict() {
    boolean isPadding = last - first < MOST_PADDING && (ofOne == 0 || ofOther == 0);
    return bytes > 0 && !isPadding;
  }
}
