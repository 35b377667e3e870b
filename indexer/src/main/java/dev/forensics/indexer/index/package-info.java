/**
 * Documents to Elasticsearch or files. The seam is {@link
 * dev.forensics.indexer.index.DocumentSink}.
 */
package dev.forensics.indexer.index;
