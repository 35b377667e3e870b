/**
 * Wires one run: captures through decode, flow, detect and document into a sink; the only room that
 * sees all of them.
 */
package dev.forensics.indexer.pipeline;
