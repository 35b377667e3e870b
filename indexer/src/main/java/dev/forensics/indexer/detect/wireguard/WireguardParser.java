package dev.forensics.indexer.detect.wireguard;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;

/** Counts the messages of each kind. */
final class WireguardParser implements ProtocolParser {
  private WireguardFacts wireguard;

  WireguardParser(FlowFacts facts) {
    wireguard = facts.add(new WireguardFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    switch (WireguardProtocol.type(buffer, offset, length)) {
      case WireguardProtocol.INITIATION -> wireguard.initiations++;
      case WireguardProtocol.RESPONSE -> wireguard.responses++;
      case WireguardProtocol.COOKIE -> wireguard.cookies++;
      case WireguardProtocol.TRANSPORT -> wireguard.transports++;
      default -> {}
    }
    return true;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return true;
  }

  @Override
  public boolean nextSegment(FlowFacts facts) {
    wireguard = facts.add(new WireguardFacts());
    return true;
  }
}
