/**
 * Traffic that makes the indexer remember as much as it can: each flood reaches one bound of
 * memory.
 */
package dev.forensics.indexer.flood;
