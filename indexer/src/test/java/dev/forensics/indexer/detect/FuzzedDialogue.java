package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.EnumSet;

/**
 * Plays fuzzed bytes to a protocol: a byte says who speaks (bit 7), whether bytes are missing (bit
 * 6) and how many follow (bits 0..5).
 */
public final class FuzzedDialogue {
  private FuzzedDialogue() {}

  /** Identifies and parses; whatever throws is a finding. */
  public static void check(Protocol protocol, byte[] script) {
    check(protocol, Exchange.tcp().flow(), script);
  }

  /** The same over the transport of this flow. */
  static void check(Protocol protocol, Flow flow, byte[] script) {
    ProtocolParser parser = protocol.open(flow, new FlowFacts());
    EnumSet<Direction> wanted = EnumSet.allOf(Direction.class);
    for (int at = 0; at < script.length; ) {
      int code = script[at++] & 0xFF;
      int length = Math.min(1 + (code & 0x3F), script.length - at);
      Direction direction = code >= 0x80 ? Direction.RESPONDER : Direction.ORIGINATOR;
      if (length > 0 && wanted.contains(direction)) {
        protocol.identify(script, at, length, direction, flow);
        boolean more =
            (code & 0x40) != 0
                ? parser.gap(direction, length, at)
                : parser.payload(direction, script, at, length, at);
        if (!more) {
          wanted.remove(direction);
        }
      }
      at += length;
    }
    parser.ended();
  }

  /** Plays them to all protocols and rules at once, as a capture would. */
  static void inspect(Inspection inspection, Flow flow, byte[] script) {
    for (int at = 0; at < script.length; ) {
      int code = script[at++] & 0xFF;
      int length = Math.min(1 + (code & 0x3F), script.length - at);
      Direction direction = code >= 0x80 ? Direction.RESPONDER : Direction.ORIGINATOR;
      if (length > 0 && flow.wants(direction)) {
        if ((code & 0x40) != 0) {
          inspection.gap(flow, direction, length, at);
        } else {
          inspection.payload(flow, direction, script, at, length, at);
        }
      }
      at += length;
    }
    flow.endReason = EndReason.FIN;
    inspection.flowEnded(flow);
  }
}
