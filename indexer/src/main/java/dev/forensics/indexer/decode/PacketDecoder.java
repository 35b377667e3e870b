package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.PacketRecord;
import java.security.SecureRandom;

/**
 * Walks a packet's headers down to the innermost transport header. Each header is a file of its own
 * that reads at a shared {@link Cursor} and names what follows as a {@link Next} number; this class
 * is the loop between them. No header calls another one that could call it back, so depth is
 * bounded by a counter and not by the stack.
 *
 * <p>One instance a reader thread; not thread-safe. Allocates only for IP fragments.
 */
public final class PacketDecoder {
  /** Headers in one packet; a packet with more is counted as TOO_DEEP. */
  public static final int MAX_HEADERS = 32;

  /** Tunnels around one another; a packet with more is counted as TOO_DEEP. */
  public static final int MAX_TUNNELS = 8;

  private final Cursor cursor;
  private final DecodeCounters counters = new DecodeCounters();
  private final FragmentReassembler fragments;
  private final long hashSeed;
  private long clockNanos = Long.MIN_VALUE;
  private int captureIndex;

  /** A decoder with the default bounds and a hash that nobody can predict. */
  public PacketDecoder() {
    this(TunnelPorts.NONE);
  }

  /** The same, with tunnels on further ports. */
  public PacketDecoder(TunnelPorts ports) {
    this(FragmentLimits.DEFAULT, ports);
  }

  /** The same, with other bounds. */
  public PacketDecoder(FragmentLimits limits, TunnelPorts ports) {
    this(limits, ports, new SecureRandom().nextLong());
  }

  /**
   * @param hashSeed starts {@link DecodedPacket#flowHash}; a random one per process keeps senders
   *     from filling one bucket on purpose. Decoders that feed the same flow tables need the same
   */
  public PacketDecoder(FragmentLimits limits, long hashSeed) {
    this(limits, TunnelPorts.NONE, hashSeed);
  }

  private PacketDecoder(FragmentLimits limits, TunnelPorts ports, long hashSeed) {
    cursor = new Cursor(ports);
    fragments = new FragmentReassembler(limits, hashSeed);
    this.hashSeed = hashSeed;
  }

  /** Says which capture the records to come are from; fragments held stay across captures. */
  public void startCapture(int newCaptureIndex) {
    captureIndex = newCaptureIndex;
  }

  /** What became of the packets so far. */
  public DecodeCounters counters() {
    return counters;
  }

  /** The fragments held so far, and from where a replay has to begin for them. */
  public FragmentReassembler fragments() {
    return fragments;
  }

  /** Decodes one record; the latest time of those decoded so is the clock. */
  public boolean decode(PacketRecord record, DecodedPacket into) {
    return decode(record, Math.max(clockNanos, record.timestampNanos), into);
  }

  /**
   * Decodes one record.
   *
   * @param sensorClockNanos the sensor's clock at it: ends the wait for fragments
   * @param into filled anew; it points into the record's buffer, or into a fresh one when the
   *     record completed a fragmented datagram
   * @return true when an IP packet with a flow was reached; otherwise stopLayer and stopReason say
   *     why not, and the fields of layers not reached are unset
   */
  public boolean decode(PacketRecord record, long sensorClockNanos, DecodedPacket into) {
    if (sensorClockNanos < clockNanos) {
      fragments.setBack(sensorClockNanos);
    }
    clockNanos = sensorClockNanos;
    if (fragments.isHolding()) {
      fragments.expire(clockNanos);
    }
    into.begin(record, clockNanos, captureIndex);
    cursor.begin(record);
    boolean reached = walk(first(record.linkType), into) == Next.FLOW || fallBack(into);
    if (!reached) {
      countStop(into);
      return false;
    }
    FlowHash.set(into, hashSeed);
    counters.countDecoded();
    return true;
  }

  /** Link types are 16 bits wide; a larger number is none. */
  private static int first(int linkType) {
    return linkType >>> 16 == 0 ? Next.LINK_TYPE | linkType : Next.LINK_TYPE | 0xFFFF;
  }

  private int walk(int first, DecodedPacket packet) {
    int next = first;
    for (int headers = 0; next >= 0; headers++) {
      if (headers == MAX_HEADERS) {
        return cursor.stop(packet, Next.layer(next), StopReason.TOO_DEEP);
      }
      next = step(next, packet);
    }
    return next;
  }

  private int step(int next, DecodedPacket packet) {
    int name = next & 0xFFFF;
    return switch (next >>> 16) {
      case Next.ETHER_TYPE -> EtherType.decode(name, cursor, packet);
      case Next.IP_PROTOCOL >>> 16 -> IpProtocol.decode(name, cursor, packet);
      case Next.LINK_TYPE >>> 16 -> LinkHeader.decode(name, cursor, packet);
      case Next.PPP_PROTOCOL >>> 16 -> PppHeader.follow(name, cursor, packet);
      default -> frame(next, packet);
    };
  }

  private int frame(int next, DecodedPacket packet) {
    return switch (next) {
      case Next.ETHERNET -> EthernetHeader.decode(cursor, packet);
      case Next.LLC -> LlcHeader.decode(cursor, packet);
      case Next.IP -> Ipv4Header.decodeByVersion(cursor, packet);
      case Next.PPP -> PppHeader.decode(cursor, packet);
      case Next.FRAGMENT -> fragment(packet);
      default -> throw new IllegalStateException("no header has the number " + next);
    };
  }

  /** A first fragment cut by the capture cannot be completed but shows its flow. */
  private int fragment(DecodedPacket packet) {
    boolean incomplete = cursor.end < cursor.wireEnd;
    if (incomplete && cursor.fragmentOffset == 0) {
      return Next.IP_PROTOCOL | cursor.fragmentProtocol;
    }
    return fragments.add(cursor, packet);
  }

  private boolean fallBack(DecodedPacket packet) {
    if (!cursor.outer.restore(packet)) {
      return false;
    }
    counters.countTunnelFallback();
    return true;
  }

  private void countStop(DecodedPacket packet) {
    counters.countStop(packet.stopLayer, packet.stopReason);
    if (packet.stopReason == StopReason.UNSUPPORTED_LINK_TYPE) {
      counters.countLinkType(cursor.linkType);
    }
  }
}
