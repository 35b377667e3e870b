package dev.forensics.indexer.live;

import java.nio.file.Path;

/**
 * A file that is complete.
 *
 * @param bytes its length
 * @param counts libpcap's counters while it was written
 */
public record FinishedFile(Path path, long bytes, PacketCounts counts) {}
