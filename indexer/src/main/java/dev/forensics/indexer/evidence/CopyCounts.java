package dev.forensics.indexer.evidence;

/**
 * What a copy of packets holds.
 *
 * @param packets packets written
 * @param missing packets that are known to have been there and could not be had, since their
 *     capture is gone or broken, or since the copy became too large
 */
public record CopyCounts(long packets, long missing) {}
