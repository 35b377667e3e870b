package dev.forensics.indexer.samples;

/**
 * One packet of a generated capture.
 *
 * @param timestampNanos since 1970
 * @param bytes the frame with its Ethernet header
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Frame(long timestampNanos, byte[] bytes) {}
