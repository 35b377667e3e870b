package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * MTProto over TCP, by its framing or by removing its obfuscation. Stands last in the list: the
 * latter costs an AES key schedule and is tried only on bytes that nothing else knows.
 *
 * <p>Random bytes: under obfuscation 3 in 2^32, since the tag of four equal bytes is the only
 * proof; intermediate 2^-39 and padded 2^-35, of which the first message has to look like one
 * besides; abridged 2^-70; full has a checksum, 2^-80. What rests on it is of severity low or
 * medium.
 */
public final class MtprotoProtocol implements Protocol {
  private static final int TCP = 6;
  private static final Framing[] FRAMINGS = Framing.values();

  @Override
  public String name() {
    return "mtproto";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == TCP;
  }

  /** The server's bytes say nothing by themselves, under obfuscation not even to this parser. */
  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    return match(buffer, offset, length);
  }

  /** Whether these are the first bytes of a client. */
  static Match match(byte[] buffer, int offset, int length) {
    boolean more = false;
    for (Framing framing : FRAMINGS) {
      Match match = framing.match(buffer, offset, length);
      if (match == Match.YES) {
        return Match.YES;
      }
      more |= match == Match.MORE;
    }
    Match obfuscated = Obfuscation.match(buffer, offset, length);
    if (obfuscated == Match.YES) {
      return Match.YES;
    }
    return more || obfuscated == Match.MORE ? Match.MORE : Match.NO;
  }

  /** The framing of a client's first bytes in the clear; null when it is none of them. */
  static Framing framing(byte[] buffer, int offset, int length) {
    for (Framing framing : FRAMINGS) {
      if (framing.match(buffer, offset, length) == Match.YES) {
        return framing;
      }
    }
    return null;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new MtprotoParser(flow, facts);
  }
}
