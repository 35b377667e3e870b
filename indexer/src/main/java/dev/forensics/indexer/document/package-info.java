/**
 * Flows, verdicts and captures to ECS documents: the only room that knows field names and writes
 * them.
 *
 * <p>In: flows with their facts and verdicts, the progress of captures. Out: {@link
 * dev.forensics.indexer.document.EcsDocument}. It must not know where documents go.
 */
package dev.forensics.indexer.document;
