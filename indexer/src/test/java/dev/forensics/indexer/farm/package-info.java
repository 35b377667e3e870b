/**
 * The false-alarm farm: grows ordinary traffic of many kinds, seeded and by the million, and counts
 * the names and alarms that it should not get. A kind is a class with a line in {@link
 * dev.forensics.indexer.farm.Farm#KINDS}. See docs/testing.md.
 */
package dev.forensics.indexer.farm;
