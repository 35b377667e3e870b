/** Loads the YAML configuration into each room's own settings. */
package dev.forensics.indexer.config;
