package dev.forensics.indexer.flow;

/**
 * Where the packets of a flow stand: capture ordinal and record position of each, delta-encoded, up
 * to a cap; past it only the byte range of each capture grows.
 */
public final class PacketPointers {
  /** Remembers one packet. */
  public void add(int captureIndex, long position) {}
}
