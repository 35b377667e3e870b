package dev.forensics.indexer.detect.telnet;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows Telnet (RFC 854) by the negotiations at the beginning of a side: IAC WILL, WONT, DO or DONT
 * and an option. Two of them are needed, or one followed by text: 16 bytes, or a login prompt.
 *
 * <p>Random bytes: two negotiations of options below 64 are 2^-32; with the text after one, under
 * 2^-40.
 */
public final class TelnetProtocol implements Protocol {
  static final int IAC = 0xFF;
  static final int SB = 0xFA;
  static final int SE = 0xF0;
  static final int WILL = 0xFB;
  static final int DONT = 0xFE;

  /** Assigned options end at 49; 140 and up are Microsoft's and Radia's. */
  private static final int OPTION_LIMIT = 50;

  private static final int TEXT_MINIMUM = 16;

  @Override
  public String name() {
    return "telnet";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    for (int command = 0; command < 2; command++) {
      Match match = negotiation(buffer, offset + command * 3, length - command * 3);
      if (match == Match.NO && command == 1) {
        return text(buffer, offset + 3, length - 3);
      }
      if (match != Match.YES) {
        return match;
      }
    }
    return Match.YES;
  }

  private static Match negotiation(byte[] buffer, int offset, int length) {
    if (length > 0 && (buffer[offset] & 0xFF) != IAC) {
      return Match.NO;
    }
    if (length > 1) {
      int verb = buffer[offset + 1] & 0xFF;
      if (verb < WILL || verb > DONT) {
        return Match.NO;
      }
    }
    if (length > 2 && (buffer[offset + 2] & 0xFF) >= OPTION_LIMIT) {
      return Match.NO;
    }
    return length < 3 ? Match.MORE : Match.YES;
  }

  private static Match text(byte[] buffer, int offset, int length) {
    int seen = Math.min(length, TEXT_MINIMUM);
    for (int i = 0; i < seen; i++) {
      byte value = buffer[offset + i];
      boolean control = value == '\r' || value == '\n' || value == '\t' || value == 0x1B;
      if ((value < 0x20 && !control) || value == 0x7F) {
        return Match.NO;
      }
    }
    return length >= TEXT_MINIMUM || asks(buffer, offset, length) ? Match.YES : Match.MORE;
  }

  /** A prompt is waited for no longer: what is typed next is its answer. */
  private static boolean asks(byte[] buffer, int offset, int length) {
    for (String prompt : TelnetParser.PROMPTS) {
      if (Octets.contains(buffer, offset, length, prompt)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new TelnetParser(flow, facts);
  }
}
