package dev.forensics.indexer.detect.bittorrent;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows BitTorrent by the peer handshake (TCP, or in the first uTP data packet), a uTP SYN, and DHT
 * messages. Encrypted peers (MSE) look random and stay unknown.
 *
 * <p>Random bytes: the handshake is 2^-160, a uTP SYN 2^-64, a DHT message 2^-88.
 */
public final class BittorrentProtocol implements Protocol {
  static final String HANDSHAKE = "\u0013BitTorrent protocol";
  static final int HANDSHAKE_LENGTH = 68;
  static final int UTP_HEADER = 20;
  private static final int UDP = 17;
  private static final int UTP_DATA = 0x01;
  private static final int UTP_SYN = 0x41;
  private static final String[] DHT = {"d1:ad2:id20:", "d1:rd2:id20:", "d2:ip6:", "d1:eli20"};

  @Override
  public String name() {
    return "bittorrent";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6 || ipProtocol == UDP;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (flow.protocol == UDP) {
      return datagram(buffer, offset, length) ? Match.YES : Match.NO;
    }
    if (!agrees(buffer, offset, length, HANDSHAKE)) {
      return Match.NO;
    }
    return length >= HANDSHAKE.length() ? Match.YES : Match.MORE;
  }

  private static boolean datagram(byte[] buffer, int offset, int length) {
    int first = Octets.u8(buffer, offset);
    if (first == 'd') {
      for (String word : DHT) {
        if (length > word.length() + 20 && agrees(buffer, offset, length, word)) {
          return buffer[offset + length - 1] == 'e';
        }
      }
      return false;
    }
    return (first == UTP_SYN && syn(buffer, offset, length))
        || (first == UTP_DATA && utpHandshake(buffer, offset, length));
  }

  /** A SYN has no time difference yet and sequence number 1; it may carry the extension bits. */
  private static boolean syn(byte[] buffer, int offset, int length) {
    boolean plain = length == UTP_HEADER && buffer[offset + 1] == 0;
    boolean extended = length == 30 && buffer[offset + 1] == 2 && buffer[offset + 21] == 8;
    return (plain || extended)
        && Octets.zero(buffer, offset + 8, 4)
        && Octets.u16(buffer, offset + 16) == 1;
  }

  static boolean utpHandshake(byte[] buffer, int offset, int length) {
    return length >= UTP_HEADER + HANDSHAKE.length()
        && buffer[offset + 1] == 0
        && agrees(buffer, offset + UTP_HEADER, length - UTP_HEADER, HANDSHAKE);
  }

  /** Compares exactly, as far as both reach. */
  static boolean agrees(byte[] buffer, int offset, int length, String word) {
    for (int i = 0; i < Math.min(length, word.length()); i++) {
      if (buffer[offset + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new BittorrentParser(flow, facts);
  }
}
