package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.Dating;

/**
 * What a packet has as a rule: fields that are written for nearly each one. Those of {@link
 * DecodedPacket} itself are rarely other than before. Kept apart, since a thread that writes what
 * another one has just read waits for each line of the cache: lines that stay as they are cost
 * nothing.
 */
public abstract class PlainPacket {
  /** The record's bytes, or, when reassembled, the datagram's content behind its IP header. */
  public byte[] buffer;

  /** Start of the frame in {@link #buffer}, in bytes. */
  public int frameOffset;

  /** Stored bytes of the frame. When reassembled: of the frames of all fragments together. */
  public int capturedLength;

  /**
   * Bytes of the frame on the wire; flows count these. With those that a mirror cut off, as the IP
   * header tells. When reassembled: of the frames of all fragments together.
   */
  public int originalLength;

  /** Packet time in nanoseconds since the epoch. */
  public long timestampNanos;

  /** Whether its time can be believed. */
  public Dating dating = Dating.BELIEVED;

  /** The sensor's clock: the packet time up to which its traffic has come, in nanoseconds. */
  public long clockNanos;

  /** Place in the order of the sensor's decoded packets, from 1, as the pipeline counts them. */
  public long ordinal;

  /** Ordinal of the capture within the run, as the pipeline counts them. */
  public int captureIndex;

  /** Offset of the packet's record in its uncompressed capture, in bytes. */
  public long position;

  /**
   * Source MAC address in the low 48 bits, of the outermost Ethernet, 802.11 or Linux cooked
   * header; NONE when absent.
   */
  public long sourceMac;

  /** Destination MAC address, likewise; Linux cooked captures have none. */
  public long destinationMac;

  /** 4 or 6; 0 when the packet holds no IP packet. */
  public int ipVersion;

  /** Low 64 bits of the source address; IPv4 stands in the low 32 bits. */
  public long sourceLow;

  /** Low 64 bits of the destination address; IPv4 stands in the low 32 bits. */
  public long destinationLow;

  /** IP protocol number of the innermost transport, 0..255. */
  public int protocol;

  /** IPv4 identification (0 for IPv6 without fragment header), to tell mirrored copies apart. */
  public int identification;

  /** IPv4 time to live or IPv6 hop limit. */
  public int ttl;

  /** Source port, 0..65535. ICMP and ICMPv6: the type. Protocols without ports: 0. */
  public int sourcePort;

  /**
   * Destination port, 0..65535. ICMP and ICMPv6: the code, or the type of the counterpart message
   * as Community ID v1 maps it. Protocols without ports: 0.
   */
  public int destinationPort;

  /** ICMP only: true when the type has no counterpart, so that the two sides keep their order. */
  public boolean oneWay;

  /** TCP sequence number, to be compared by wrapping subtraction. */
  public int sequence;

  /** TCP acknowledgment number. */
  public int acknowledgment;

  /** TCP flags: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  public int tcpFlags;

  /** TCP window as sent, unscaled. */
  public int window;

  /** Checksum field of the transport header as sent, to tell mirrored copies apart. */
  public int transportChecksum;

  /** Start of the transport payload in {@link #buffer}, in bytes. */
  public int payloadOffset;

  /** Payload bytes present in {@link #buffer}; Ethernet padding is never counted. */
  public int payloadLength;

  /**
   * Payload bytes that the headers announce; more than {@link #payloadLength} when cut by snaplen.
   */
  public int payloadWireLength;

  /**
   * Direction-free hash of addresses, ports and protocol, see {@link FlowHash}; spreads flows over
   * workers and within their tables.
   */
  public int flowHash;

  /** Hash of source address and port: with {@link #flowHash}, of one direction of the flow. */
  public long sourceHash;

  PlainPacket() {}
}
