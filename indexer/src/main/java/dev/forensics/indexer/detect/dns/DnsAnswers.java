package dev.forensics.indexer.detect.dns;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.enrich.Names;

/**
 * Learns names of addresses from DNS answers in UDP packets, before the packets come to a flow. The
 * name is the one asked for, so that aliases (CNAME) in between do not matter. Answers over TCP are
 * not read here: they would have to be reassembled first.
 */
public final class DnsAnswers {
  private static final int UDP = 17;
  private static final int DNS = 53;
  private static final int MDNS = 5353;
  private static final int LLMNR = 5355;

  private final Names names;

  /** Gives what it reads to these names. */
  public DnsAnswers(Names names) {
    this.names = names;
  }

  /**
   * Looks at a packet; one that is no answer costs next to nothing.
   *
   * @return true when no further packet may be looked at before the flows have come as far as this
   */
  public boolean packet(DecodedPacket p) {
    boolean mayAnswer =
        p.protocol == UDP && isServer(p.sourcePort) && p.payloadLength > DnsProtocol.HEADER_LENGTH;
    return mayAnswer && message(p);
  }

  private static boolean isServer(int port) {
    return port == DNS || port == MDNS || port == LLMNR;
  }

  /** Bytes that do not look like DNS from end to end of the first question are left alone. */
  private boolean message(DecodedPacket p) {
    byte[] buffer = p.buffer;
    int offset = p.payloadOffset;
    int flags = Octets.u16(buffer, offset + 2);
    boolean isAnswer = (flags & 0x8000) != 0 && (flags & 0xF) == 0;
    if (isAnswer
        && Octets.u16(buffer, offset + 6) > 0
        && DnsProtocol.message(buffer, offset, p.payloadLength) == Match.YES) {
      records(p, buffer, offset, p.payloadLength);
      return names.isCrowded();
    }
    return false;
  }

  private void records(DecodedPacket p, byte[] buffer, int offset, int length) {
    int questions = Octets.u16(buffer, offset + 4);
    int at = DnsProtocol.HEADER_LENGTH;
    String asked = null;
    if (questions == 1) {
      asked = DnsNames.read(buffer, offset, length, at);
      at = DnsNames.skip(buffer, offset, length, at) + 4;
    }
    int records = Math.min(Octets.u16(buffer, offset + 6), DnsParser.RECORD_LIMIT);
    Names.Address client = null;
    for (int i = 0; i < records; i++) {
      int fixed = DnsNames.skip(buffer, offset, length, at);
      if (fixed < 0 || fixed + 10 > length) {
        return;
      }
      int next = fixed + 10 + Octets.u16(buffer, offset + fixed + 8);
      if (next > length) {
        return;
      }
      Names.Address address = address(buffer, offset, fixed);
      if (address != null) {
        client = client != null ? client : client(p);
        String name = asked != null ? asked : DnsNames.read(buffer, offset, length, at);
        learn(address, client, name, p.ordinal);
      }
      at = next;
    }
  }

  private void learn(Names.Address address, Names.Address client, String name, long ordinal) {
    if (!name.isEmpty()) {
      names.learn(address, client, name, ordinal);
    }
  }

  private static Names.Address client(DecodedPacket p) {
    return new Names.Address(p.ipVersion, p.destinationHigh, p.destinationLow);
  }

  /** The address in a record, null when it has none. */
  private static Names.Address address(byte[] buffer, int offset, int fixed) {
    int type = Octets.u16(buffer, offset + fixed);
    int size = Octets.u16(buffer, offset + fixed + 8);
    int content = offset + fixed + 10;
    if (type == DnsTypes.A && size == 4) {
      return new Names.Address(4, 0, Octets.u32(buffer, content));
    }
    if (type == DnsTypes.AAAA && size == 16) {
      return new Names.Address(6, Octets.i64(buffer, content), Octets.i64(buffer, content + 8));
    }
    return null;
  }
}
