/**
 * Live capture. In: packets of a network interface, taken by libpcap. Out: rotating pcap files and
 * nothing else; everything downstream reads files. Packets go from libpcap to the file natively,
 * without a Java call per packet.
 */
package dev.forensics.indexer.live;
