package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FlowHash;
import java.nio.charset.StandardCharsets;

/** Makes decoded packets in order of a capture: positions and IP identifications count up. */
final class TestPackets {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int ACK = 16;
  static final long SECOND = 1_000_000_000L;
  static final long START = 1_700_000_000L * SECOND;

  int captureIndex;
  long position = 24;
  int identification = 1;
  private long clock = Long.MIN_VALUE;

  /** An IPv4 address in 10.0.0.0/8 and a port. */
  record Endpoint(int host, int port) {
    long low() {
      return 0x0A000000L + host;
    }
  }

  /** A packet at this many nanoseconds after START. */
  DecodedPacket ip(long nanos, int protocol, Endpoint from, Endpoint to, byte[] payload) {
    DecodedPacket p = new DecodedPacket();
    p.timestampNanos = START + nanos;
    clock = Math.max(clock, p.timestampNanos);
    p.clockNanos = clock;
    p.captureIndex = captureIndex;
    p.position = position;
    position += 16 + 54 + payload.length;
    p.sourceMac = from.host;
    p.destinationMac = to.host;
    p.vlanId = DecodedPacket.NONE;
    p.innerVlanId = DecodedPacket.NONE;
    p.tunnelId = DecodedPacket.NONE;
    p.ipVersion = 4;
    p.protocol = protocol;
    p.identification = identification++ & 0xFFFF;
    p.ttl = 64;
    p.sourceLow = from.low();
    p.sourcePort = from.port;
    p.destinationLow = to.low();
    p.destinationPort = to.port;
    p.buffer = payload;
    p.payloadLength = payload.length;
    p.payloadWireLength = payload.length;
    p.capturedLength = 54 + payload.length;
    p.originalLength = 54 + payload.length;
    p.window = 1000;
    FlowHash.set(p, 1);
    return p;
  }

  DecodedPacket tcp(
      long nanos, Endpoint from, Endpoint to, int flags, int sequence, int ack, byte[] payload) {
    DecodedPacket p = ip(nanos, 6, from, to, payload);
    p.tcpFlags = flags;
    p.sequence = sequence;
    p.acknowledgment = ack;
    return p;
  }

  DecodedPacket udp(long nanos, Endpoint from, Endpoint to, String payload) {
    return ip(nanos, 17, from, to, payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Cuts a packet's payload as snaplen does. */
  static DecodedPacket cut(DecodedPacket p, int keptPayload) {
    p.capturedLength -= p.payloadLength - keptPayload;
    p.payloadLength = keptPayload;
    return p;
  }
}
