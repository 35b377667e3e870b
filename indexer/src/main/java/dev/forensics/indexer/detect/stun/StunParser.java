package dev.forensics.indexer.detect.stun;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.AddressText;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Reads the attributes of STUN messages over UDP, past other datagrams of the flow (media runs in
 * the same one), up to {@link #DATAGRAM_LIMIT} of a flow. Over TCP only the first message counts.
 */
final class StunParser implements ProtocolParser {
  private static final int DATAGRAM_LIMIT = 4096;
  private static final int TEXT_LIMIT_BYTES = 128;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int USERNAME = 0x0006;
  private static final int REALM = 0x0014;
  private static final int SOFTWARE = 0x8022;

  private final boolean stream;
  private FlowFacts facts;
  private StunFacts stun;
  private int datagrams;

  StunParser(Flow flow, FlowFacts facts) {
    stream = flow.protocol == 6;
    this.facts = facts;
    stun = facts.add(new StunFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (stream) {
      stun.messages++;
      facts.changed();
      return false;
    }
    if (StunProtocol.isMessage(buffer, offset, length)) {
      message(buffer, offset, length);
    }
    return ++datagrams < DATAGRAM_LIMIT;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return !stream;
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    facts = next;
    stun = next.add(new StunFacts());
    return true;
  }

  private void message(byte[] buffer, int offset, int length) {
    stun.messages++;
    int method = StunProtocol.method(Octets.u16(buffer, offset));
    stun.turn |= method >= 3;
    int at = StunProtocol.HEADER_LENGTH;
    while (at + 4 <= length) {
      int type = Octets.u16(buffer, offset + at);
      int size = Octets.u16(buffer, offset + at + 2);
      if (at + 4 + size > length) {
        break;
      }
      attribute(type, buffer, offset + at + 4, size, offset);
      at += 4 + (size + 3 & ~3);
    }
    if (stun.messages == 1) {
      facts.changed();
    }
  }

  private void attribute(int type, byte[] buffer, int offset, int size, int message) {
    switch (type) {
      case SOFTWARE -> stun.software = Octets.readable(buffer, offset, size, TEXT_LIMIT_BYTES);
      case USERNAME -> stun.user = Octets.readable(buffer, offset, size, TEXT_LIMIT_BYTES);
      case REALM -> stun.realm = Octets.readable(buffer, offset, size, TEXT_LIMIT_BYTES);
      case XOR_MAPPED_ADDRESS -> mapped(buffer, offset, size, message);
      default -> {}
    }
  }

  /** Family, then port and address, both combined with the cookie (and the transaction id). */
  private void mapped(byte[] buffer, int offset, int size, int message) {
    int family = size >= 8 ? buffer[offset + 1] : 0;
    int addressLength = family == 1 ? 4 : family == 2 ? 16 : 0;
    if (addressLength == 0 || size < 4 + addressLength) {
      return;
    }
    int port = Octets.u16(buffer, offset + 2) ^ StunProtocol.COOKIE >>> 16;
    byte[] address = new byte[addressLength];
    for (int i = 0; i < addressLength; i++) {
      address[i] = (byte) (buffer[offset + 4 + i] ^ buffer[message + 4 + i]);
    }
    stun.mappedAddress =
        family == 1
            ? AddressText.ipv4(address, 0) + ":" + port
            : "[" + AddressText.ipv6(address, 0) + "]:" + port;
  }
}
