package dev.forensics.indexer.detect.dns;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows DNS (RFC 1035), with mDNS and LLMNR, which have the same form, by a header whose counts and
 * flags are plausible and a first question (or, in mDNS answers, a first record) that decodes: name
 * of hostname characters, known type, known class.
 *
 * <p>Random bytes: flags, counts, type and class together are under 2^-45.
 */
public final class DnsProtocol implements Protocol {
  static final int HEADER_LENGTH = 12;
  private static final int UDP = 17;

  /** More records than a message of 64 KiB holds are no count. */
  private static final int COUNT_LIMIT = 2048;

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == UDP || ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (flow.protocol == UDP) {
      return message(buffer, offset, length) == Match.YES ? Match.YES : Match.NO;
    }
    if (length < 2) {
      return Match.MORE;
    }
    int size = Octets.u16(buffer, offset);
    if (size < HEADER_LENGTH + 5) {
      return Match.NO;
    }
    return length == 2 ? Match.MORE : message(buffer, offset + 2, Math.min(length - 2, size), size);
  }

  /** Judges a whole message by its header and first question. */
  static Match message(byte[] buffer, int offset, int length) {
    return message(buffer, offset, length, length);
  }

  /**
   * Judges as far as the bytes go.
   *
   * @param size of the whole message
   */
  private static Match message(byte[] buffer, int offset, int length, int size) {
    if (length < HEADER_LENGTH) {
      return length < size ? Match.MORE : Match.NO;
    }
    if (!plausible(buffer, offset)) {
      return Match.NO;
    }
    int name = nameLength(buffer, offset + HEADER_LENGTH, length - HEADER_LENGTH);
    if (name < 0) {
      return Match.NO;
    }
    int end = HEADER_LENGTH + name + 4;
    if (name == 0 || end > length) {
      return length < size ? Match.MORE : Match.NO;
    }
    int type = Octets.u16(buffer, offset + HEADER_LENGTH + name);
    int dnsClass = Octets.u16(buffer, offset + HEADER_LENGTH + name + 2) & 0x7FFF;
    boolean known = DnsTypes.nameOrNull(type) != null;
    boolean classKnown = dnsClass == 1 || dnsClass == 3 || dnsClass == 255;
    return known && classKnown ? Match.YES : Match.NO;
  }

  private static boolean plausible(byte[] buffer, int offset) {
    int flags = Octets.u16(buffer, offset + 2);
    int opcode = flags >> 11 & 0xF;
    boolean response = (flags & 0x8000) != 0;
    int questions = Octets.u16(buffer, offset + 4);
    int answers = Octets.u16(buffer, offset + 6);
    int authorities = Octets.u16(buffer, offset + 8);
    int additionals = Octets.u16(buffer, offset + 10);
    if (opcode > 6 || opcode == 3 || (flags & 0x40) != 0 || (flags & 0xF) > 10) {
      return false;
    }
    if (response) {
      boolean something = questions == 1 || (questions == 0 && answers > 0);
      return something && answers < COUNT_LIMIT && authorities < 256 && additionals < 256;
    }
    // mDNS asks several questions at once and lists known answers; updates use the sections.
    return questions >= 1
        && questions <= 32
        && answers <= 32
        && authorities <= 32
        && additionals <= 4
        && (flags & 0xF) == 0;
  }

  /**
   * Length of an uncompressed name.
   *
   * @return in bytes with its end; 0 when bytes are missing; -1 when this is no name
   */
  static int nameLength(byte[] buffer, int offset, int length) {
    int at = 0;
    while (at < length) {
      int label = Octets.u8(buffer, offset + at);
      if (label == 0) {
        return at + 1;
      }
      if (label > 63 || at + label > 254) {
        return -1;
      }
      for (int i = 1; i <= label && at + i < length; i++) {
        if (!isNameCharacter(buffer[offset + at + i])) {
          return -1;
        }
      }
      at += label + 1;
    }
    return 0;
  }

  /** Host names, service names of mDNS (spaces, quotes) and UTF-8; no control characters. */
  private static boolean isNameCharacter(byte value) {
    return value < 0 || (value >= 0x20 && value < 0x7F);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    DnsParser messages = new DnsParser(flow, facts);
    return flow.protocol == UDP ? messages : new DnsStreamParser(messages);
  }
}
