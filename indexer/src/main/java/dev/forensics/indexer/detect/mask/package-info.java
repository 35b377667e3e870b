/**
 * Masks: what is known to be harmless is shown, every other text of the wire as its length. Goes
 * in: a text of the wire and what it is (a URL, a host, a user). Comes out: what a person may read.
 */
package dev.forensics.indexer.detect.mask;
