package dev.forensics.indexer.detect.bittorrent;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads the peers' handshakes: info hash at 28, peer id at 48. */
final class BittorrentParser implements ProtocolParser {
  private static final int HASH_OFFSET = 28;
  private static final int PEER_OFFSET = 48;
  private static final int ID_LENGTH = 20;

  /** Datagrams of a side looked at for a handshake in uTP. */
  private static final int DATAGRAM_LIMIT = 16;

  private final boolean stream;
  private final FlowFacts facts;
  private final BittorrentFacts bittorrent;
  private final ByteAssembly originator = new ByteAssembly(BittorrentProtocol.HANDSHAKE_LENGTH);
  private final ByteAssembly responder = new ByteAssembly(BittorrentProtocol.HANDSHAKE_LENGTH);
  private int datagrams;

  BittorrentParser(Flow flow, FlowFacts facts) {
    this.facts = facts;
    stream = flow.protocol == 6;
    bittorrent = facts.add(new BittorrentFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (!stream) {
      return datagram(direction, buffer, offset, length);
    }
    bittorrent.kind = "peer";
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    side.add(buffer, offset, length);
    if (!side.full()) {
      return true;
    }
    handshake(direction, side.bytes(), 0);
    return false;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }

  private boolean datagram(Direction direction, byte[] buffer, int offset, int length) {
    if (bittorrent.kind == null) {
      bittorrent.kind = buffer[offset] == 'd' ? "dht" : "utp";
      facts.changed();
    }
    if (length >= BittorrentProtocol.UTP_HEADER + BittorrentProtocol.HANDSHAKE_LENGTH
        && BittorrentProtocol.utpHandshake(buffer, offset, length)) {
      handshake(direction, buffer, offset + BittorrentProtocol.UTP_HEADER);
    }
    return ++datagrams < DATAGRAM_LIMIT;
  }

  private void handshake(Direction direction, byte[] buffer, int offset) {
    if (!BittorrentProtocol.agrees(
        buffer, offset, BittorrentProtocol.HANDSHAKE_LENGTH, BittorrentProtocol.HANDSHAKE)) {
      return;
    }
    bittorrent.infoHash = Octets.hex(buffer, offset + HASH_OFFSET, ID_LENGTH);
    String peer = Octets.readable(buffer, offset + PEER_OFFSET, ID_LENGTH, ID_LENGTH);
    if (direction == Direction.ORIGINATOR) {
      bittorrent.originatorPeerId = peer;
    } else {
      bittorrent.responderPeerId = peer;
    }
    facts.changed();
  }
}
