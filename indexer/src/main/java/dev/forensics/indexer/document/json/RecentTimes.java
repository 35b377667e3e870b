package dev.forensics.indexer.document.json;

/** The last few times as text: a document names each of its times two or three times. */
final class RecentTimes {
  private static final int SLOTS = 4;

  private final long[] times = new long[SLOTS];
  private final byte[][] texts = new byte[SLOTS][TimeText.LENGTH];
  private int next;

  RecentTimes() {
    for (byte[] text : texts) {
      TimeText.write(0, text, 0);
    }
  }

  /** The text of a time in nanoseconds since the epoch; not to be changed. */
  byte[] text(long epochNanos) {
    for (int i = 0; i < SLOTS; i++) {
      if (times[i] == epochNanos) {
        return texts[i];
      }
    }
    next = (next + 1) % SLOTS;
    times[next] = epochNanos;
    TimeText.write(epochNanos, texts[next], 0);
    return texts[next];
  }
}
