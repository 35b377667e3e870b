/** The command line (picocli). */
package dev.forensics.indexer.cli;
