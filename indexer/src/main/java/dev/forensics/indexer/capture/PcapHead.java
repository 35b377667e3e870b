package dev.forensics.indexer.capture;

/** What the head of one pcap record says, as it says it; filled again for each. */
final class PcapHead {
  /** Captured bytes; less than 0 and more than is allowed where it is no head. */
  int captured;

  /** Bytes on the wire. */
  int original;

  /** Seconds since 1970, 0 to 2^32 - 1. */
  long seconds;

  /** Ticks of the second, 0 to 2^32 - 1. */
  long fraction;
}
