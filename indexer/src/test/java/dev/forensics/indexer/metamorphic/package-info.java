/**
 * Metamorphic tests: the same traffic, captured, stored and read in another way, gives the same
 * documents, or differs exactly as the transform states.
 *
 * <p>{@link dev.forensics.indexer.metamorphic.Traffic} comes in: the packets of the samples, of
 * made conversations and of the shared captures. A {@link
 * dev.forensics.indexer.metamorphic.Transform}, one file each and all of them listed in {@link
 * dev.forensics.indexer.metamorphic.Transforms}, makes a {@link
 * dev.forensics.indexer.metamorphic.Variant} of it: other packets, or other files, or other
 * threads, with the {@link dev.forensics.indexer.metamorphic.Statement} of what may differ. {@link
 * dev.forensics.indexer.metamorphic.Relation} reads both and compares. Two transforms one after the
 * other need no statement of their own: the second is compared with what the first made.
 */
package dev.forensics.indexer.metamorphic;
