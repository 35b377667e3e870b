/** Every metric's name, unit and meaning. */
package dev.forensics.indexer.metrics;
