/**
 * Documents to Elasticsearch or files. The seam is {@link
 * dev.forensics.indexer.index.DocumentSink}.
 *
 * <p>In: {@link dev.forensics.indexer.document.EcsDocument}. Out: bulks, files, counts; and what
 * was stored before, looked up by id or time. It must not know how a document came about.
 */
package dev.forensics.indexer.index;
