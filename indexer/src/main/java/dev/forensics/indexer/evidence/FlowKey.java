package dev.forensics.indexer.evidence;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.document.FlowPackets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * A flow's addresses, ports and protocol, to tell its packets from those of other flows; either
 * side may be the sender. Ports do not count where the document has none (ICMP and others).
 */
final class FlowKey {
  private static final long MAPPED = 0xFFFF_0000_0000L;

  private final int ipVersion;
  private final int protocol;
  private final boolean hasPorts;
  private final Side source;
  private final Side destination;

  private record Side(long high, long low, int port) {
    boolean is(long otherHigh, long otherLow) {
      return high == otherHigh && low == otherLow;
    }
  }

  private FlowKey(int ipVersion, int protocol, Side source, Side destination) {
    this.ipVersion = ipVersion;
    this.protocol = protocol;
    this.source = source;
    this.destination = destination;
    hasPorts = source.port != 0 || destination.port != 0;
  }

  /** The key of a document; null when its addresses cannot be read. */
  static FlowKey of(FlowPackets packets) {
    Side source = side(packets.sourceAddress(), packets.sourcePort());
    Side destination = side(packets.destinationAddress(), packets.destinationPort());
    if (source == null || destination == null) {
      return null;
    }
    int version = packets.sourceAddress().indexOf(':') >= 0 ? 6 : 4;
    return new FlowKey(version, packets.transport(), source, destination);
  }

  /** Whether a decoded packet belongs to the flow. */
  boolean matches(DecodedPacket p) {
    if (p.ipVersion != ipVersion || p.protocol != protocol) {
      return false;
    }
    boolean there = goes(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow);
    boolean back = goes(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow);
    if (!hasPorts) {
      return there || back;
    }
    return (there && source.port == p.sourcePort && destination.port == p.destinationPort)
        || (back && source.port == p.destinationPort && destination.port == p.sourcePort);
  }

  /** Whether a fragment goes from one of its addresses to the other. */
  boolean matchesAddresses(DecodedPacket p) {
    return p.ipVersion == ipVersion
        && (goes(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow)
            || goes(p.destinationHigh, p.destinationLow, p.sourceHigh, p.sourceLow));
  }

  private boolean goes(long fromHigh, long fromLow, long toHigh, long toLow) {
    return source.is(fromHigh, fromLow) && destination.is(toHigh, toLow);
  }

  private static Side side(String address, int port) {
    boolean six = address.indexOf(':') >= 0;
    // Anything but a literal would be looked up in the network's name service.
    if (!address.matches(six ? "[0-9a-fA-F:.]+" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(address).getAddress());
      if (bytes.remaining() == Long.BYTES * 2) {
        return new Side(bytes.getLong(), bytes.getLong(), port);
      }
      long low = bytes.getInt() & 0xFFFF_FFFFL;
      // Java makes an IPv4 address of an IPv4-mapped one.
      return new Side(0, six ? MAPPED | low : low, port);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
