package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.detect.wire.Octets;

/**
 * View of a long header (RFC 8999 5.1, RFC 9000 17.2), re-wrapped for each packet; holds no bytes.
 *
 * <pre>
 * 1 byte form, fixed bit, type | 4 version | 1+n destination id | 1+n source id
 * Initial: | varint token length, token | varint length | packet number, payload
 * </pre>
 */
final class LongHeader {
  private static final int ID_LIMIT = 20;

  int first;
  int version;
  int destinationOffset;
  int destinationLength;
  int sourceOffset;
  int sourceLength;

  /** Where the packet number of an Initial stands, from the start of the buffer. */
  int packetNumberOffset;

  /** Bytes of an Initial from the packet number to its end. */
  int payloadLength;

  /** End of the part that all versions share, from the start of the buffer. */
  private int end;

  /**
   * Reads the part that all versions share.
   *
   * @return false when these bytes are no long header
   */
  boolean wrap(byte[] buffer, int offset, int length) {
    if (length < 7 || (buffer[offset] & 0x80) == 0) {
      return false;
    }
    first = buffer[offset] & 0xFF;
    version = Octets.i32(buffer, offset + 1);
    destinationLength = Octets.u8(buffer, offset + 5);
    destinationOffset = offset + 6;
    int source = 6 + destinationLength;
    if (destinationLength > ID_LIMIT || source >= length) {
      return false;
    }
    sourceLength = Octets.u8(buffer, offset + source);
    sourceOffset = offset + source + 1;
    end = sourceOffset + sourceLength;
    return sourceLength <= ID_LIMIT && end <= offset + length;
  }

  /** Type of a long header packet, bits 4 and 5 of the first byte. */
  int type() {
    return first >> 4 & 3;
  }

  /** True when the fixed bit is set. */
  boolean fixedBit() {
    return (first & 0x40) != 0;
  }

  /** Where the part ends that all versions share, from the start of the buffer. */
  int end() {
    return end;
  }

  /**
   * Reads on behind {@link #wrap}, of whatever type the packet is.
   *
   * @return its length in bytes; 0 when it has none, or does not lie within these bytes
   */
  int wrapPacket(QuicVersion version, byte[] buffer, int offset, int length) {
    if (type() == version.retryType()) {
      return 0;
    }
    boolean whole =
        type() == version.initialType()
            ? wrapInitial(buffer, offset, length)
            : wrapLength(buffer, end, offset + length);
    return whole ? packetNumberOffset + payloadLength - offset : 0;
  }

  /**
   * Reads on behind {@link #wrap}: token and length.
   *
   * @return false when the packet does not lie within these bytes
   */
  boolean wrapInitial(byte[] buffer, int offset, int length) {
    int limit = offset + length;
    long token = varint(buffer, end, limit);
    int at = end + varintLength(buffer, end, limit);
    if (token < 0 || token > limit - at) {
      return false;
    }
    return wrapLength(buffer, at + (int) token, limit);
  }

  /** Reads the length field of an Initial, 0-RTT or Handshake packet at a place. */
  boolean wrapLength(byte[] buffer, int at, int limit) {
    long size = varint(buffer, at, limit);
    packetNumberOffset = at + varintLength(buffer, at, limit);
    if (size < 20 || size > limit - packetNumberOffset) {
      return false;
    }
    payloadLength = (int) size;
    return true;
  }

  /** The number at a place (RFC 9000 16), or -1 when it does not lie before the limit. */
  static long varint(byte[] buffer, int at, int limit) {
    int length = varintLength(buffer, at, limit);
    if (length == 0) {
      return -1;
    }
    long value = buffer[at] & 0x3F;
    for (int i = 1; i < length; i++) {
      value = value << 8 | (buffer[at + i] & 0xFF);
    }
    return value;
  }

  /** Length of the number at a place: 1, 2, 4 or 8; 0 when it does not lie before the limit. */
  static int varintLength(byte[] buffer, int at, int limit) {
    if (at >= limit) {
      return 0;
    }
    int length = 1 << (buffer[at] >> 6 & 3);
    return at + length <= limit ? length : 0;
  }
}
