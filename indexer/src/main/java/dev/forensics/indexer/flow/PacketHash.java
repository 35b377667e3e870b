package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hash of a packet's content from the innermost IP header on: what its headers say (not the time to
 * live, nor anything of the link layer) and its captured payload. The same for the same packet in
 * any capture format.
 */
final class PacketHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int TCP = 6;

  private PacketHash() {}

  static long of(DecodedPacket p, FlowSettings settings) {
    long h = KeyHash.endpoint(p.sourceHigh, p.sourceLow, p.sourcePort, p.ipVersion);
    h =
        KeyHash.mix(
            h + KeyHash.endpoint(p.destinationHigh, p.destinationLow, p.destinationPort, h));
    h = KeyHash.mix(h + (((long) p.identification << 8) | p.protocol));
    h = KeyHash.mix(h + (((long) p.payloadWireLength << 16) | (p.transportChecksum & 0xFFFF)));
    if (p.protocol == TCP) {
      h = KeyHash.mix(h + (((long) p.sequence << 32) | (p.acknowledgment & 0xFFFF_FFFFL)));
      h = KeyHash.mix(h + (((long) p.window << 8) | p.tcpFlags));
    }
    if (settings.vlanInKey()) {
      h = KeyHash.mix(h + (((long) p.vlanId << 16) ^ p.innerVlanId));
    }
    if (settings.tunnelInKey()) {
      h = KeyHash.mix(h + ((p.tunnelId << 5) ^ p.tunnel.name().hashCode()));
    }
    return bytes(h, p.buffer, p.payloadOffset, p.payloadLength);
  }

  private static long bytes(long begin, byte[] buffer, int offset, int length) {
    long h = begin;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      h = KeyHash.mix(h + (long) LONG.get(buffer, at));
    }
    for (; at < end; at++) {
      h = KeyHash.mix(h + buffer[at]);
    }
    return h;
  }
}
