package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.PacketRecord;

/**
 * Where decoding stands in the packet's bytes. One instance a decoder, reused. Headers test {@link
 * #has} before any read and then read absolutely.
 */
final class Cursor {
  byte[] buffer;

  /** Offset of the next header. */
  int at;

  /** Just past the last stored byte of the layer being read. */
  int end;

  /** Where the layer being read ends by its headers' word; more than {@link #end} when cut. */
  int wireEnd;

  /** True when fewer bytes are stored than the packet had. */
  boolean cut;

  /** Link type being read, for the counter of unsupported ones. */
  int linkType;

  /** The IP fragment that {@link Next#FRAGMENT} speaks of: its offset in the datagram, in bytes. */
  int fragmentOffset;

  boolean moreFragments;
  int fragmentId;

  /** IP protocol of what the fragments carry (IPv6: as this fragment says). */
  int fragmentProtocol;

  /** Where tunnels stand beside their well-known ports. */
  final TunnelPorts ports;

  /** The flow to fall back to when what looks like a tunnel does not hold. */
  final OuterFlow outer = new OuterFlow();

  Cursor(TunnelPorts ports) {
    this.ports = ports;
  }

  void begin(PacketRecord record) {
    buffer = record.buffer;
    at = record.offset;
    end = record.offset + record.capturedLength;
    cut = record.capturedLength < record.originalLength;
    int wireLength = Math.max(record.capturedLength, record.originalLength);
    wireEnd = (int) Math.min((long) record.offset + wireLength, Integer.MAX_VALUE);
    outer.clear();
  }

  /** Goes on in other bytes: those of a datagram put together from its fragments. */
  void continueIn(byte[] datagram) {
    buffer = datagram;
    at = 0;
    end = datagram.length;
    wireEnd = datagram.length;
    cut = false;
  }

  /** True when this many bytes are stored from here. */
  boolean has(int length) {
    return end - at >= length;
  }

  /** Stored bytes from here. */
  int length() {
    return end - at;
  }

  /** Bytes on the wire from here, by the headers' word. */
  int wireLength() {
    return wireEnd - at;
  }

  /**
   * Takes an IP header's word that its packet ends this many bytes from here. More than the layer
   * around has room for means that whoever copied the packet cut it (a mirror, a packet broker): it
   * is a cut packet, as if the capture had cut it.
   */
  void announce(int length, DecodedPacket packet) {
    int beyond = at + length - wireEnd;
    if (beyond > 0) {
      cut = true;
      packet.originalLength += beyond;
    }
    wireEnd = at + length;
    end = Math.min(end, wireEnd);
  }

  /** Takes a header's word that its layer ends here, but never past the end of the one around. */
  void shorten(int length) {
    if (length < wireEnd - at) {
      wireEnd = at + length;
      end = Math.min(end, wireEnd);
    }
  }

  int u8(int offset) {
    return BigEndian.u8(buffer, at + offset);
  }

  int u16(int offset) {
    return BigEndian.u16(buffer, at + offset);
  }

  int i32(int offset) {
    return BigEndian.i32(buffer, at + offset);
  }

  /** Moves past a header and names what follows. */
  int skip(int length, int next) {
    at += length;
    return next;
  }

  /** Notes the tunnel whose header was just read and names what is inside it. */
  int enter(DecodedPacket packet, Tunnel tunnel, long tunnelId, int next) {
    if (packet.tunnelDepth == PacketDecoder.MAX_TUNNELS) {
      return stop(packet, Layer.TUNNEL, StopReason.TOO_DEEP);
    }
    packet.tunnel = tunnel;
    packet.tunnelId = tunnelId;
    packet.tunnelDepth++;
    return next;
  }

  /** Ends decoding here. */
  int stop(DecodedPacket packet, Layer layer, StopReason reason) {
    packet.stopLayer = layer;
    packet.stopReason = reason;
    return Next.STOPPED;
  }

  /** Ends decoding since fewer than this many bytes are stored from here. */
  int missing(DecodedPacket packet, Layer layer, int needed) {
    boolean announced = wireEnd - at >= needed;
    return stop(packet, layer, cut && announced ? StopReason.TRUNCATED : StopReason.TOO_SHORT);
  }
}
