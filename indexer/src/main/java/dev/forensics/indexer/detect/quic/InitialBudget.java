package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.function.IntUnaryOperator;

/**
 * How many QUIC Initials may be opened. The keys of one cost as much as hundreds of ordinary
 * packets, and a sender can ask for them with every datagram. So there is a budget for each second
 * of packet time; the Initials beyond it stay closed, and their flow is QUIC by its header alone.
 *
 * <p>Decided by the reading thread, in the order of packets, so that it is the same for any number
 * of workers; what was spent stands in the clock's state, so it is the same after a restart.
 */
public final class InitialBudget {
  /**
   * Initials in a second of packet time, those of servers and those of one datagram included: about
   * 2,500 new connections a second.
   */
  public static final int INITIALS_A_SECOND = 10_000;

  private static final int UDP = 17;

  private final LongHeader header = new LongHeader();
  private long unopened;

  /**
   * Judges a packet, and writes {@link DecodedPacket#isBeyondBudget}. One that is no Initial costs
   * next to nothing.
   *
   * @param spend counts work in the second of this packet, and tells how much that makes
   * @param counting false while packets are read again that were counted before
   */
  public void judge(DecodedPacket packet, IntUnaryOperator spend, boolean counting) {
    int initials = packet.protocol == UDP ? initials(packet) : 0;
    boolean isBeyond = initials > 0 && spend.applyAsInt(initials) > INITIALS_A_SECOND;
    if (packet.isBeyondBudget != isBeyond) {
      packet.isBeyondBudget = isBeyond;
    }
    if (packet.isBeyondBudget && counting) {
      unopened += initials;
    }
  }

  /** Initials that were beyond the budget. */
  public long unopened() {
    return unopened;
  }

  /** How many of the packets in a datagram a parser would try to open. */
  private int initials(DecodedPacket p) {
    int initials = 0;
    int at = 0;
    while (initials < QuicParser.OPEN_LIMIT
        && header.wrap(p.buffer, p.payloadOffset + at, p.payloadLength - at)) {
      QuicVersion version = QuicVersion.of(header.version);
      int length =
          version == null
              ? 0
              : header.wrapPacket(version, p.buffer, p.payloadOffset + at, p.payloadLength - at);
      if (length == 0) {
        return initials;
      }
      initials += header.type() == version.initialType() ? 1 : 0;
      at += length;
    }
    return initials;
  }
}
