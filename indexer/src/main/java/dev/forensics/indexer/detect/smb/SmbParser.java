package dev.forensics.indexer.detect.smb;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Reads the headers of the first messages of each side, until the negotiation is known. Message
 * bodies are passed over by their length.
 */
final class SmbParser implements ProtocolParser {
  /** An SMB 2 negotiation answer up to its dialect. */
  private static final int HEADER_BYTES = SmbProtocol.NBSS_HEADER + 64 + 8;

  /** Headers looked at a side: sessions are set up and encryption begins within them. */
  private static final int MESSAGE_LIMIT = 32;

  private final Flow flow;
  private final FlowFacts facts;
  private final SmbFacts smb;
  private final Side originator = new Side();
  private final Side responder = new Side();

  SmbParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    smb = facts.add(new SmbFacts());
  }

  /** One direction's current message. */
  private static final class Side {
    final ByteAssembly header = new ByteAssembly(HEADER_BYTES);
    long skip;
    int messages;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    int used = 0;
    while (used < length && side.messages < MESSAGE_LIMIT) {
      if (side.skip > 0) {
        int skipped = (int) Math.min(side.skip, length - used);
        side.skip -= skipped;
        used += skipped;
      } else {
        used += header(direction, side, buffer, offset + used, length - used);
      }
    }
    return side.messages < MESSAGE_LIMIT;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    if (side.skip >= lengthBytes) {
      side.skip -= lengthBytes;
      return true;
    }
    side.messages = MESSAGE_LIMIT;
    return false;
  }

  /** Collects the header of a message, reads it when it is whole. */
  private int header(Direction direction, Side side, byte[] buffer, int offset, int length) {
    int wanted = SmbProtocol.NBSS_HEADER;
    if (side.header.length() >= wanted) {
      wanted = Math.min(HEADER_BYTES, wanted + Octets.u24(side.header.bytes(), 1));
    }
    int taken = Math.min(wanted - side.header.length(), length);
    side.header.add(buffer, offset, taken);
    if (side.header.length() < SmbProtocol.NBSS_HEADER) {
      return taken;
    }
    int size = SmbProtocol.NBSS_HEADER + Octets.u24(side.header.bytes(), 1);
    if (side.header.length() >= Math.min(HEADER_BYTES, size)) {
      message(direction, side.header.bytes(), side.header.length());
      side.skip = (long) size - side.header.length();
      side.header.clear();
      side.messages++;
    }
    return taken;
  }

  private void message(Direction direction, byte[] bytes, int length) {
    int at = SmbProtocol.NBSS_HEADER;
    if (bytes[0] != SmbProtocol.SESSION_MESSAGE
        || length < at + 12
        || !SmbProtocol.magic(bytes, at, 4)) {
      return;
    }
    smb.messages++;
    switch (Octets.u8(bytes, at)) {
      case 0xFF -> {
        smb.version1 = true;
        version1(direction, bytes, length, at);
      }
      case 0xFE -> {
        smb.version2 = true;
        version2(direction, bytes, length, at);
      }
      case 0xFD -> {
        smb.version2 = true;
        smb.encrypted = true;
      }
      default -> smb.version2 = true;
    }
    facts.changed();
  }

  /** SMB 1: command at 4, flags at 9 with the reply bit. */
  private void version1(Direction direction, byte[] bytes, int length, int at) {
    boolean reply = (bytes[at + 9] & 0x80) != 0;
    Endpoints.clientIs(flow, reply ? direction.reverse() : direction);
    boolean negotiation = bytes[at + 4] == 0x72;
    if (reply && negotiation && smb.dialect == null && length > at + 34 && bytes[at + 32] == 17) {
      smb.dialect = "NT LM 0.12";
    }
  }

  /** SMB 2: command at 12, flags at 16 with the reply bit; NEGOTIATE answers 2+2+2 bytes in. */
  private void version2(Direction direction, byte[] bytes, int length, int at) {
    if (length < HEADER_BYTES) {
      return;
    }
    boolean reply = (bytes[at + 16] & 1) != 0;
    Endpoints.clientIs(flow, reply ? direction.reverse() : direction);
    if (reply && Octets.u16le(bytes, at + 12) == 0 && Octets.u16le(bytes, at + 64) == 65) {
      smb.signingRequired = (bytes[at + 66] & 2) != 0;
      smb.dialect = dialect(Octets.u16le(bytes, at + 68));
    }
  }

  private static String dialect(int number) {
    return switch (number) {
      case 0x0202 -> "2.0.2";
      case 0x0210 -> "2.1";
      case 0x0300 -> "3.0";
      case 0x0302 -> "3.0.2";
      case 0x0311 -> "3.1.1";
      case 0x02FF -> "2.x";
      default -> Integer.toHexString(number);
    };
  }
}
