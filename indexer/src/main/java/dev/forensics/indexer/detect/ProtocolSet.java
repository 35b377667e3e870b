package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** Protocols in the order of asking, with sets of them as bits: bit i is the i-th protocol. */
public final class ProtocolSet {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;

  /** A connection from its beginning. */
  private static final Flow ANY = new Flow();

  private final Protocol[] protocols;
  private final long tcp;
  private final long udp;
  private final long sctp;
  private final long midstream;

  /**
   * Makes a set.
   *
   * @param protocols at most 63
   */
  public ProtocolSet(List<Protocol> protocols) {
    if (protocols.size() >= Long.SIZE) {
      throw new IllegalArgumentException("more than 63 protocols");
    }
    this.protocols = protocols.toArray(new Protocol[0]);
    this.tcp = over(TCP);
    this.udp = over(UDP);
    this.sctp = over(SCTP);
    long recognizable = 0;
    for (int i = 0; i < this.protocols.length; i++) {
      recognizable |= this.protocols[i].recognizableMidstream() ? 1L << i : 0;
    }
    this.midstream = recognizable;
  }

  private long over(int ipProtocol) {
    long bits = 0;
    for (int i = 0; i < protocols.length; i++) {
      bits |= protocols[i].runsOver(ipProtocol) ? 1L << i : 0;
    }
    return bits;
  }

  /** The protocol of this name; it is one of the set. */
  Protocol named(String name) {
    for (Protocol protocol : protocols) {
      if (protocol.name().equals(name)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException("no such protocol: " + name);
  }

  /** Those that run over this IP protocol. */
  long candidates(int ipProtocol) {
    return switch (ipProtocol) {
      case TCP -> tcp;
      case UDP -> udp;
      case SCTP -> sctp;
      default -> 0;
    };
  }

  /** Those that can be recognized in the middle of a stream. */
  long recognizableMidstream() {
    return midstream;
  }

  /**
   * Asks candidates about first bytes.
   *
   * @param candidates bits of the protocols to ask
   * @return a negative number that {@link #found} knows when one answered YES, else the bits of
   *     those that answered MORE
   */
  long identify(
      long candidates, byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    long more = 0;
    for (long left = candidates; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      switch (protocols[index].identify(buffer, offset, length, direction, flow)) {
        case YES -> {
          return ~index;
        }
        case MORE -> more |= 1L << index;
        case NO -> {}
      }
    }
    return more;
  }

  /** True when a protocol over TCP knows these first bytes of a client by themselves. */
  public boolean isKnown(byte[] buffer, int offset, int length) {
    return identify(tcp, buffer, offset, length, Direction.ORIGINATOR, ANY) < 0;
  }

  /**
   * Looks for the first candidate that takes a beginning that is cut off for its own.
   *
   * @return as {@link #identify}; 0 when none does
   */
  long identifyCutOff(long candidates, byte[] buffer, int offset, int length) {
    for (long left = candidates; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if (protocols[index].recognizableCutOff(buffer, offset, length)) {
        return ~index;
      }
    }
    return 0;
  }

  /**
   * Looks for the first candidate that knows both directions by what they said together.
   *
   * @param candidates of the direction that spoke before
   * @return as {@link #identify}; 0 when none does
   */
  long identifyTogether(
      long candidates, byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    for (long left = candidates; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if (protocols[index].recognizableTogether(kept, keptLength, buffer, offset, length)) {
        return ~index;
      }
    }
    return 0;
  }

  /** The protocol that answered YES; the answer is negative. */
  Protocol found(long answer) {
    return protocols[(int) ~answer];
  }
}
