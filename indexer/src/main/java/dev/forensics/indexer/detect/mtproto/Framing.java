package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.wire.Randomness;
import java.util.zip.CRC32;

/**
 * The TCP transports of MTProto (core.telegram.org/mtproto/mtproto-transports), recognized by what
 * a chance byte stream does not have.
 */
enum Framing {
  ABRIDGED("abridged", 0xEF, 1),
  INTERMEDIATE("intermediate", 0xEE, 4),
  PADDED("padded", 0xDD, 4),
  FULL("full", 0, 0);

  private static final int LONGEST = 1 << 24;
  private static final int FULL_OVERHEAD = 12;
  private static final int FULL_LIMIT = 4000;

  final String transport;

  /** The octet that the client's first bytes repeat. */
  final int tag;

  /** How often the tag stands there. */
  final int tagLength;

  Framing(String transport, int tag, int tagLength) {
    this.transport = transport;
    this.tag = tag;
    this.tagLength = tagLength;
  }

  /** Padding that may follow a message. */
  int slack() {
    return this == PADDED ? 15 : 0;
  }

  /** Whether the first bytes of a client are of this transport, sent in the clear. */
  Match match(byte[] buffer, int offset, int length) {
    if (this == FULL) {
      return matchFull(buffer, offset, length);
    }
    for (int i = 0; i < Math.min(tagLength, length); i++) {
      if ((buffer[offset + i] & 0xFF) != tag) {
        return Match.NO;
      }
    }
    return this == ABRIDGED
        ? matchAbridged(buffer, offset, length)
        : matchTagged(buffer, offset, length);
  }

  private Match matchTagged(byte[] buffer, int offset, int length) {
    if (length < 8) {
      return Match.MORE;
    }
    int size = LittleEndian.int32(buffer, offset + 4) & 0x7FFF_FFFF;
    if (size < EncryptedProof.HEADER || size > LONGEST) {
      return Match.NO;
    }
    if (length < 8 + EncryptedProof.HEADER) {
      return Match.MORE;
    }
    return isFirstMessage(buffer, offset + 8, size) ? Match.YES : Match.NO;
  }

  /** The key exchange in the clear, or a key's id and what looks encrypted. */
  private boolean isFirstMessage(byte[] buffer, int offset, int size) {
    if (LittleEndian.int64(buffer, offset) != 0) {
      int blocks = size - EncryptedProof.HEADER;
      return blocks >= 16
          && (this == PADDED || blocks % 16 == 0)
          && Randomness.isPlausible(buffer, offset, EncryptedProof.HEADER);
    }
    int inner = LittleEndian.int32(buffer, offset + 16);
    int padding = size - 20 - inner;
    return inner >= 4
        && padding >= 0
        && padding < 16
        && Constructors.name(LittleEndian.int32(buffer, offset + 20)) != null;
  }

  /** One octet proves nothing: the first message must be plain, or two share their key's id. */
  private static Match matchAbridged(byte[] buffer, int offset, int length) {
    if (length < 6) {
      return Match.MORE;
    }
    int first = buffer[offset + 1] & 0x7F;
    boolean large = first == 0x7F;
    int size = large ? LittleEndian.int32(buffer, offset + 1) >>> 8 : first;
    int start = large ? 5 : 2;
    long bytes = size * 4L;
    if (bytes < 40 || bytes > LONGEST) {
      return Match.NO;
    }
    if (length < start + 24) {
      return Match.MORE;
    }
    long key = LittleEndian.int64(buffer, offset + start);
    if (key == 0) {
      int inner = LittleEndian.int32(buffer, offset + start + 16);
      int constructor = LittleEndian.int32(buffer, offset + start + 20);
      boolean plain = inner == bytes - 20 && Constructors.name(constructor) != null;
      return plain ? Match.YES : Match.NO;
    }
    return Randomness.isPlausible(buffer, offset + start, EncryptedProof.HEADER - 2)
        ? matchSecond(key, buffer, offset, length, start + bytes)
        : Match.NO;
  }

  private static Match matchSecond(long key, byte[] buffer, int offset, int length, long second) {
    if (length < second + 4) {
      return Match.MORE;
    }
    int at = offset + (int) second;
    int start = (buffer[at] & 0x7F) == 0x7F ? 4 : 1;
    if (length < second + start + 8) {
      return Match.MORE;
    }
    return LittleEndian.int64(buffer, at + start) == key ? Match.YES : Match.NO;
  }

  /** length | sequence number 0 | payload | CRC-32 of all before it. */
  private static Match matchFull(byte[] buffer, int offset, int length) {
    for (int i = 2; i < Math.min(8, length); i++) {
      if (buffer[offset + i] != 0) {
        return Match.NO;
      }
    }
    if (length < 4) {
      return (buffer[offset] & 3) == 0 ? Match.MORE : Match.NO;
    }
    int size = LittleEndian.int32(buffer, offset);
    if (size < FULL_OVERHEAD + 8 || size > FULL_LIMIT || (size & 3) != 0) {
      return Match.NO;
    }
    if (length < size) {
      return Match.MORE;
    }
    CRC32 crc = new CRC32();
    crc.update(buffer, offset, size - 4);
    return (int) crc.getValue() == LittleEndian.int32(buffer, offset + size - 4)
        ? Match.YES
        : Match.NO;
  }
}
