/**
 * JSON text without a tree: a reused buffer, and formatters for addresses, times and text from the
 * wire that write bytes, not strings. Knows no field names.
 */
package dev.forensics.indexer.document.json;
