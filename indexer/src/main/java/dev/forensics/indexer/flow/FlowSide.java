package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Counters of one direction of a flow, or of a numbered segment of it. Written by the flow room,
 * read by later rooms. Packed, since a million flows have two of them each.
 */
public final class FlowSide {
  /** How many payload bytes {@link #firstPayload} keeps. */
  public static final int FIRST_PAYLOAD_LIMIT = 64;

  /** Stands for a side that has not spoken; never written to. */
  static final FlowSide SILENT = new FlowSide();

  private static final long MAC_MASK = 0xFFFF_FFFF_FFFFL;
  private static final long MAC_KNOWN = 1L << 48;
  private static final long TRUNCATED = 1L << 49;

  /** Packets sent by this side. A segment is cut before this overflows. */
  public int packets;

  /** Bytes of those packets on the wire, all layers (original length). */
  public long bytes;

  /**
   * Transport payload bytes by the headers' lengths, retransmissions included, TCP keep-alive
   * probes not.
   */
  public long payloadBytes;

  /**
   * First payload bytes, at most {@link #FIRST_PAYLOAD_LIMIT}; null before the first. TCP: of the
   * stream in order, up to its first gap; other transports: of the first datagram.
   */
  public byte[] firstPayload;

  /** The next TCP sequence number expected from this side. */
  int nextSequence;

  /** The highest TCP acknowledgment number sent by this side. */
  int highestAck;

  /** Bytes kept out of order and counters of trouble; null until the first of them. */
  TcpStream stream;

  /** What was accepted last; null before the first payload. */
  SeenBytes seen;

  /** IP identification of the side's latest packet that had one; 0 before. */
  private char identification;

  /** The side gave two packets in a row the same identification: it says nothing. */
  boolean repeatsIdentification;

  private long macAndMarks;

  /** MAC address in the low 48 bits, of the first packet that had one; -1 when none had. */
  public long mac() {
    return (macAndMarks & MAC_KNOWN) == 0 ? -1 : macAndMarks & MAC_MASK;
  }

  /** Sets the MAC address, in the low 48 bits. */
  public void setMac(long mac) {
    macAndMarks = (macAndMarks & ~MAC_MASK) | (mac & MAC_MASK) | MAC_KNOWN;
  }

  /** True when a packet of this side was stored shorter than it was on the wire. */
  public boolean snaplenTruncated() {
    return (macAndMarks & TRUNCATED) != 0;
  }

  /** Notes that a packet of this side was stored shorter than it was on the wire. */
  public void markSnaplenTruncated() {
    macAndMarks |= TRUNCATED;
  }

  /** Notes the IP identification of a packet that is no copy. */
  void identify(int packetsIdentification) {
    if (packetsIdentification != 0) {
      repeatsIdentification |= identification == packetsIdentification;
      identification = (char) packetsIdentification;
    }
  }

  /** Takes in what a packet of this side tells beside its payload. */
  void describe(DecodedPacket p) {
    if (p.sourceMac != DecodedPacket.NONE && mac() < 0) {
      setMac(p.sourceMac);
    }
    if (p.capturedLength < p.originalLength) {
      markSnaplenTruncated();
    }
  }

  /** Bytes given up as gaps, and those that were acknowledged before any was captured. */
  public long gapBytes() {
    return stream == null ? 0 : stream.gapBytes + stream.unseenPayload();
  }

  /** Payload bytes sent again. */
  public long retransmittedBytes() {
    return stream == null ? 0 : stream.retransmittedBytes;
  }

  /** Payload bytes that came again with other content. */
  public long conflictingBytes() {
    return stream == null ? 0 : stream.conflictingBytes;
  }

  /** RSTs in its name that ended nothing. */
  int ignoredResets() {
    return stream == null ? 0 : stream.ignoredResets;
  }

  /** Segments with new bytes that came after a later one. */
  public int outOfOrder() {
    return stream == null ? 0 : stream.outOfOrder;
  }

  /** Counts bytes given up. */
  public void addGap(long lengthBytes) {
    stream().gapBytes += lengthBytes;
  }

  /** Counts bytes sent again. */
  public void addRetransmitted(long lengthBytes) {
    stream().retransmittedBytes += lengthBytes;
  }

  /** The side's stream, made on first use. */
  TcpStream stream() {
    if (stream == null) {
      stream = new TcpStream();
    }
    return stream;
  }

  /** What comes again from now on is compared with nothing that came before. */
  void forgetSeen() {
    if (seen != null) {
      seen.release();
      seen = null;
    }
  }

  /** Begins the next segment: counters from zero; sequence numbers and kept bytes stay. */
  void resetCounters() {
    packets = 0;
    bytes = 0;
    payloadBytes = 0;
    firstPayload = null;
    forgetSeen();
    macAndMarks = 0;
    if (stream != null) {
      stream.resetCounters();
    }
  }
}
