/**
 * Live capture. Packets go from libpcap to the file natively, without a Java call per packet.
 *
 * <p>In: packets of a network interface, taken by libpcap. Out: rotating pcap files and nothing
 * else; everything downstream reads files, and it must not know downstream.
 */
package dev.forensics.indexer.live;
