package dev.forensics.indexer.capture;

/**
 * Sections of a pcapng one behind the other, whose packets come in the order of time.
 *
 * @param start offset of the first one's header, in bytes of the uncompressed capture
 * @param end offset of the next run's first header; Long.MAX_VALUE for the last run
 * @param beginsNanos time at which its packets begin, in nanoseconds since 1970
 */
record SectionRun(long start, long end, long beginsNanos) {}
