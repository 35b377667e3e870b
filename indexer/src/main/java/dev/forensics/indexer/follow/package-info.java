/**
 * Follows a sensor's folder: finds its captures, reads what is new, and commits how far it came, so
 * that after a crash nothing is lost and nothing comes twice.
 */
package dev.forensics.indexer.follow;
