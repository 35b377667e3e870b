package dev.forensics.indexer.evidence;

/**
 * What the evidence store did since it was opened, and how much it holds.
 *
 * @param kept alarms whose packets were stored
 * @param replaced files that were written again with more packets
 * @param packets packets written
 * @param missingPackets packets that could not be had when their alarm's were stored
 * @param pruned files removed for age or size
 * @param failures alarms whose packets could not be stored
 * @param files files in the folder
 * @param bytes bytes of these files
 */
public record EvidenceCounts(
    long kept,
    long replaced,
    long packets,
    long missingPackets,
    long pruned,
    long failures,
    long files,
    long bytes) {}
