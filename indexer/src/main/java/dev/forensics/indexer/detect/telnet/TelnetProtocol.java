package dev.forensics.indexer.detect.telnet;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows Telnet (RFC 854) by the negotiations at the beginning of a side: IAC WILL, WONT, DO or DONT
 * and an option. Two of them are needed, or one followed by text: 16 bytes, or a login prompt.
 * Without a negotiation, by the login prompt alone that a server sends before the client speaks, at
 * the end of at most 512 bytes of text, as old devices do and as it looks joined in its middle;
 * there also by a line that was typed and the prompt for a password behind it.
 *
 * <p>Random bytes: two negotiations of options below 64 are 2^-32; with the text after one, under
 * 2^-40; a prompt at the end of text, six bytes in either case, 2^-42. A server of another protocol
 * whose first words are a login prompt is called telnet, too: so is the login it asks for.
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
  private static final int GREETING_LIMIT_BYTES = 512;
  private static final int TYPED_LIMIT_BYTES = 64;

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
    if ((buffer[offset] & 0xFF) != IAC) {
      return prompt(buffer, offset, length, direction, flow);
    }
    for (int command = 0; command < 2; command++) {
      Match match = negotiation(buffer, offset + command * 3, length - command * 3);
      if (match == Match.NO && command == 1) {
        boolean mark = (buffer[offset + 1] & 0xFF) == DONT;
        return text(buffer, offset + 3, length - 3, mark);
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

  /**
   * Text behind one negotiation.
   *
   * @param mark IAC DONT is the mark at the beginning of files in UTF-16, too: a prompt must follow
   */
  private static Match text(byte[] buffer, int offset, int length, boolean mark) {
    if (!isText(buffer, offset, Math.min(length, TEXT_MINIMUM))) {
      return Match.NO;
    }
    if (Prompts.asksWithin(buffer, offset, Math.min(length, GREETING_LIMIT_BYTES))) {
      return Match.YES;
    }
    if (mark) {
      return length < GREETING_LIMIT_BYTES ? Match.MORE : Match.NO;
    }
    return length >= TEXT_MINIMUM ? Match.YES : Match.MORE;
  }

  private static boolean isText(byte[] buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      byte value = buffer[offset + i];
      boolean control = value == '\r' || value == '\n' || value == '\t' || value == 0x1B;
      if ((value < 0x20 && !control) || value == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Once the client spoke, what it typed may be no answer to the prompt that follows. */
  private static Match prompt(
      byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    boolean isGreeting =
        direction == Direction.RESPONDER
            && flow.originator.payloadBytes == 0
            && length <= GREETING_LIMIT_BYTES;
    if (flow.midstream && isTyped(buffer, offset, length)) {
      return Match.MORE; // a prompt may follow
    }
    if (!isGreeting || !isText(buffer, offset, length)) {
      return Match.NO;
    }
    return Prompts.asksFor(buffer, offset, length) != Prompts.NONE ? Match.YES : Match.MORE;
  }

  /** Joined in its middle: a short line of text, and the prompt for a password behind it. */
  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    return isTyped(kept, 0, keptLength)
        && length <= GREETING_LIMIT_BYTES
        && isText(buffer, offset, length)
        && TextProbe.replyCode(buffer, offset, length) <= 0
        && Prompts.asksFor(buffer, offset, length) == Prompts.PASSWORD;
  }

  /** A line as a person types it, and nothing behind it. */
  private static boolean isTyped(byte[] buffer, int offset, int length) {
    int end = length;
    while (end > 0 && "\r\n\0".indexOf(buffer[offset + end - 1]) >= 0) {
      end--;
    }
    boolean ends = end < length && end > 0 && length <= TYPED_LIMIT_BYTES;
    for (int i = 0; i < end && ends; i++) {
      ends = Octets.printable(buffer[offset + i]);
    }
    return ends;
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
