/**
 * Loads the YAML configuration into each room's own settings.
 *
 * <p>In: one file, the environment for secrets. Out: settings, or all faults at once, each under
 * its key. It must not know what is done with a setting.
 */
package dev.forensics.indexer.config;
