package dev.forensics.indexer.live;

import java.time.Duration;

/** Decides when a file ends: by its length or its age, whichever comes first. */
final class Rotation {
  /** Length of a pcap file without packets. */
  static final int FILE_HEADER = 24;

  /** Length of what stands before each packet. */
  static final int RECORD_HEADER = 16;

  /** What the kernel hands over at most: segments joined by the network card, and link headers. */
  private static final int GREATEST_PACKET = 65_600;

  /** Few enough to be counted five times a second. */
  private static final int MOST_AT_ONCE = 10_000;

  private final long bytes;
  private final long everyNanos;
  private final int greatestRecord;
  private long begun;

  Rotation(long bytes, Duration every, int snapLength) {
    this.bytes = bytes;
    this.everyNanos = every.toNanos();
    this.greatestRecord = RECORD_HEADER + Math.min(snapLength, GREATEST_PACKET);
  }

  /** A file begins now. */
  void begin(long nanoTime) {
    begun = nanoTime;
  }

  /**
   * Whether the file is to end now. One without packets never is: the ring would push out traffic
   * for silence; its age counts from its first packet.
   */
  boolean isDue(long fileBytes, long nanoTime) {
    if (fileBytes <= FILE_HEADER) {
      begun = nanoTime;
      return false;
    }
    return fileBytes >= bytes || nanoTime - begun >= everyNanos;
  }

  /** Packets of the greatest size that the file can still take, at least one. */
  int packetsThatFit(long fileBytes) {
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, (bytes - fileBytes) / greatestRecord));
  }
}
