/**
 * Flows, verdicts and captures to ECS documents. The only room that knows field names and JSON.
 * Out: {@link dev.forensics.indexer.document.EcsDocument}.
 */
package dev.forensics.indexer.document;
