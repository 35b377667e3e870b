package dev.forensics.indexer.flow;

/** Counters of one direction of a flow. Written by the flow room, read by later rooms. */
public final class FlowSide {
  /** Packets sent by this side. */
  public long packets;

  /** Bytes of those packets on the wire, all layers (original length). */
  public long bytes;

  /** Transport payload bytes by the headers' lengths, retransmissions included. */
  public long payloadBytes;

  /** MAC address in the low 48 bits, from the first packet that had one; -1 when none had. */
  public long mac = -1;

  /** First payload bytes, at most {@link #FIRST_PAYLOAD_LIMIT}; null before the first. */
  public byte[] firstPayload;

  /** Bytes given up as gaps. */
  public long gapBytes;

  /** Payload bytes sent again. */
  public long retransmittedBytes;

  /** Segments that came before an earlier one. */
  public int outOfOrder;

  /** True when a packet of this side was stored shorter than it was on the wire. */
  public boolean snaplenTruncated;

  /** False once no observer wants this side's payload any more: reassembly stops. */
  public boolean wanted = true;

  /** TCP reassembly of this side; null until it is needed. */
  TcpStream stream;

  /** How many payload bytes {@link #firstPayload} keeps. */
  public static final int FIRST_PAYLOAD_LIMIT = 64;
}
