/**
 * Wires one run: captures through decode, flow, detect and document into a sink; the only room that
 * sees all of them.
 *
 * <p>In: a sensor's captures, one after the other or merged by time. Out: documents to a sink,
 * where the open flows began. It must not know where captures lie, nor when they are read.
 */
package dev.forensics.indexer.pipeline;
