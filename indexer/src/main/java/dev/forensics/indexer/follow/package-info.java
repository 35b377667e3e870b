/**
 * Follows a sensor's folder: finds its captures, reads what is new, and commits how far it came, so
 * that after a crash nothing is lost and nothing comes twice.
 *
 * <p>In: a folder, the sensor's commit and ledger. Out: documents to a sink, the next commit. It
 * must not know when it is asked to read, nor what packets mean.
 */
package dev.forensics.indexer.follow;
