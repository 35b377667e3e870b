package dev.forensics.indexer.detect.dns;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.AddressText;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Reads DNS messages, one a call. Work is bounded: {@link #RECORD_LIMIT} records a message, names
 * by {@link DnsNames}; past {@link #MESSAGE_LIMIT} messages a flow they are only counted.
 */
final class DnsParser implements ProtocolParser {
  /** Records of a section that are read. */
  static final int RECORD_LIMIT = 128;

  /** How the name of the root is shown: an empty text would be none. */
  private static final String ROOT = ".";

  private static final int MESSAGE_LIMIT = 1024;
  private static final int TEXT_LIMIT_BYTES = 255;

  /** The parser and the frame of its facts. */
  private static final int OWN_BYTES = 300;

  private final Flow flow;
  private long nanos;
  private FlowFacts facts;
  private DnsFacts dns;

  DnsParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    dns = facts.add(new DnsFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (length < DnsProtocol.HEADER_LENGTH) {
      dns.malformed++;
      return true;
    }
    nanos = timestampNanos;
    int flags = Octets.u16(buffer, offset + 2);
    boolean response = (flags & 0x8000) != 0;
    if (response) {
      if (dns.responses++ == 0 && dns.queries == 0) {
        Endpoints.isAnswer(flow, direction);
      }
      dns.failures += (flags & 0xF) != 0 ? 1 : 0;
    } else {
      dns.queries++;
    }
    if (dns.queries + dns.responses <= MESSAGE_LIMIT
        && !sections(buffer, offset, length, response)) {
      dns.malformed++;
    }
    facts.changed();
    return true;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return true;
  }

  @Override
  public int keptBytes(long givenBytes) {
    return OWN_BYTES + dns.keptBytes();
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    facts = next;
    dns = next.add(new DnsFacts());
    return true;
  }

  private boolean sections(byte[] buffer, int offset, int length, boolean response) {
    int questions = Octets.u16(buffer, offset + 4);
    int at = DnsProtocol.HEADER_LENGTH;
    String asked = null;
    for (int i = 0; i < questions; i++) {
      int end = DnsNames.skip(buffer, offset, length, at);
      if (end < 0 || end + 4 > length || i >= RECORD_LIMIT) {
        return false;
      }
      String name = DnsNames.read(buffer, offset, length, at);
      asked = questions == 1 ? name : null;
      dns.question(
          new DnsQuestion(
              name.isEmpty() ? ROOT : name, DnsTypes.name(Octets.u16(buffer, offset + end))));
      at = end + 4;
    }
    return !response || answers(buffer, offset, length, at, asked);
  }

  private boolean answers(byte[] buffer, int offset, int length, int start, String asked) {
    int answers = Octets.u16(buffer, offset + 6);
    int at = start;
    for (int i = 0; i < answers; i++) {
      int fixed = DnsNames.skip(buffer, offset, length, at);
      if (fixed < 0 || fixed + 10 > length || i >= RECORD_LIMIT) {
        return false;
      }
      int size = Octets.u16(buffer, offset + fixed + 8);
      if (fixed + 10 + size > length) {
        return false;
      }
      record(buffer, offset, length, at, fixed, asked);
      at = fixed + 10 + size;
    }
    return true;
  }

  private void record(byte[] buffer, int offset, int length, int at, int fixed, String asked) {
    int type = Octets.u16(buffer, offset + fixed);
    long ttl = Octets.u32(buffer, offset + fixed + 4);
    int size = Octets.u16(buffer, offset + fixed + 8);
    int content = fixed + 10;
    String name = DnsNames.read(buffer, offset, length, at);
    String value = null;
    if (type == DnsTypes.A && size == 4) {
      value = AddressText.ipv4(buffer, offset + content);
      dns.address(
          new DnsAddress(
              asked == null ? name : asked, 4, 0, Octets.u32(buffer, offset + content), nanos));
    } else if (type == DnsTypes.AAAA && size == 16) {
      value = AddressText.ipv6(buffer, offset + content);
      long high = Octets.i64(buffer, offset + content);
      long low = Octets.i64(buffer, offset + content + 8);
      dns.address(new DnsAddress(asked == null ? name : asked, 6, high, low, nanos));
    } else if (type == DnsTypes.CNAME || type == DnsTypes.NS || type == DnsTypes.PTR) {
      value = DnsNames.read(buffer, offset, length, content);
    } else if (type == DnsTypes.MX && size > 2) {
      value = DnsNames.read(buffer, offset, length, content + 2);
    } else if (type == DnsTypes.SRV && size > 6) {
      value = DnsNames.read(buffer, offset, length, content + 6);
    } else if (type == DnsTypes.TXT && size > 1) {
      value = Octets.readable(buffer, offset + content + 1, size - 1, TEXT_LIMIT_BYTES);
    }
    dns.answer(new DnsAnswer(name, DnsTypes.name(type), value, ttl));
  }
}
