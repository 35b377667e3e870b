/**
 * The command line (picocli): the only room that ends the process.
 *
 * <p>In: arguments, the configuration. Out: results on stdout, messages on stderr, an exit code. No
 * other room knows it.
 */
package dev.forensics.indexer.cli;
