/**
 * Decoded packets to bidirectional flows: table, TCP state, time-outs by packet time, reassembly.
 * In: {@link dev.forensics.indexer.decode.DecodedPacket}. Out: calls to a {@link
 * dev.forensics.indexer.flow.FlowObserver}. Knows no application protocol.
 */
package dev.forensics.indexer.flow;
