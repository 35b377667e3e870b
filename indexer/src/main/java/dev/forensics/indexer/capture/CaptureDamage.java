package dev.forensics.indexer.capture;

/**
 * A damaged place in a capture that reading passed over.
 *
 * @param from where it begins, in bytes of the uncompressed capture
 * @param to where the next record begins
 * @param problem a sentence that names the file, the place and what is wrong
 */
public record CaptureDamage(long from, long to, String problem) {}
