/**
 * Capture files to packet records. In: paths of pcap and pcapng files, plain or compressed,
 * complete or still growing. Out: one reused {@link dev.forensics.indexer.capture.PacketRecord} at
 * a time, in file order. Knows nothing of what a packet contains.
 */
package dev.forensics.indexer.capture;
