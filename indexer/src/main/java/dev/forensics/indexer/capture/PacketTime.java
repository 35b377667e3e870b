package dev.forensics.indexer.capture;

/** The range of packet times that readers hand out; hostile captures hold anything. */
final class PacketTime {
  /**
   * Latest time handed out, in nanoseconds since 1970 (the year 2116). Twice this still fits a
   * long, so later rooms may add times and time-outs without thinking of overflow. Every time a
   * pcap file can hold is earlier.
   */
  static final long LATEST_NANOS = Long.MAX_VALUE / 2;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private PacketTime() {}

  /** Brings any value into 0..{@link #LATEST_NANOS}. */
  static long clamp(long nanos) {
    return Math.max(0, Math.min(nanos, LATEST_NANOS));
  }

  /** Whole seconds in nanoseconds, kept within plus or minus {@link #LATEST_NANOS}. */
  static long secondsToNanos(long seconds) {
    long most = LATEST_NANOS / NANOS_PER_SECOND;
    return Math.max(-most, Math.min(seconds, most)) * NANOS_PER_SECOND;
  }
}
