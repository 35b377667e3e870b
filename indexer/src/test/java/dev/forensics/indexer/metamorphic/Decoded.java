package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.document.json.AddressText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** One packet after the other as the decoder of the product sees it. */
final class Decoded {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final Set<StopReason> BROKEN =
      EnumSet.of(StopReason.MALFORMED, StopReason.TOO_SHORT, StopReason.TOO_DEEP);

  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();
  private TestPacket last;

  void decode(TestPacket p) {
    last = p;
    decoder.decode(p.toRecord(), packet);
  }

  /** True when a header is not what it has to be, or too many are nested. */
  boolean isBroken() {
    return packet.stopReason != null && BROKEN.contains(packet.stopReason);
  }

  boolean isTcp() {
    return packet.stopLayer == null && packet.ipVersion != 0 && packet.protocol == TCP;
  }

  boolean isSyn() {
    return (packet.tcpFlags & PacketBuilder.SYN) != 0;
  }

  /** The sender's address; null without one. */
  String source() {
    return packet.ipVersion == 0
        ? null
        : AddressText.of(packet.ipVersion, packet.sourceHigh, packet.sourceLow);
  }

  private String destination() {
    return AddressText.of(packet.ipVersion, packet.destinationHigh, packet.destinationLow);
  }

  /** Both addresses, the smaller one first; null without them. */
  String pair() {
    return packet.ipVersion == 0 ? null : View.inOrder(source(), destination());
  }

  /** Transport and ends as in {@link View}; null without them. */
  String ends() {
    if (packet.ipVersion == 0) {
      return null;
    }
    boolean hasPorts = packet.protocol == TCP || packet.protocol == UDP || packet.protocol == SCTP;
    String from = source() + " " + (hasPorts ? packet.sourcePort : null);
    String to = destination() + " " + (hasPorts ? packet.destinationPort : null);
    return packet.protocol + " " + View.inOrder(from, to);
  }

  /** The captured bytes behind the transport header; empty without one. */
  byte[] payload() {
    int from = packet.stopLayer == null ? packet.payloadOffset : 0;
    return packet.stopLayer != null || packet.payloadLength <= 0
        ? new byte[0]
        : Arrays.copyOfRange(packet.buffer, from, from + packet.payloadLength);
  }

  /** What tells a segment from others of its connection. */
  String segment() {
    return "%s %d %d %d %d %d"
        .formatted(
            source(),
            packet.sourcePort,
            packet.sequence,
            packet.acknowledgment,
            packet.tcpFlags,
            packet.payloadWireLength);
  }

  /**
   * Where in the frame the innermost ports end, in bytes; of fragments put together behind
   * everything; 0 where no transport was seen.
   */
  int portsEnd() {
    byte[] bytes = last.bytes();
    if (packet.reassembled) {
      return Integer.MAX_VALUE;
    }
    if (packet.stopLayer != null) {
      return 0;
    }
    if (packet.protocol != TCP && packet.protocol != UDP) {
      return packet.payloadOffset;
    }
    for (int at = Math.min(bytes.length, packet.payloadOffset) - 4; at >= 0; at--) {
      if (u16(bytes, at) == packet.sourcePort && u16(bytes, at + 2) == packet.destinationPort) {
        return at + 4;
      }
    }
    return packet.payloadOffset;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
