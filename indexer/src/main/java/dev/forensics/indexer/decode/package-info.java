/**
 * Packet records to decoded packets: link layer, tags, tunnels, IP (fragments put together) and the
 * innermost transport header. Allocates nothing per packet, throws nothing for what is on the wire:
 * a stop is counted by layer and reason.
 *
 * <p>In: {@link dev.forensics.indexer.capture.PacketRecord}. Out: one reused {@link
 * dev.forensics.indexer.decode.DecodedPacket}. It must not know flows, nor what a payload says.
 */
package dev.forensics.indexer.decode;
