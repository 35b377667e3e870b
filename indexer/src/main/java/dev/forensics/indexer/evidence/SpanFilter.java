package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.decode.TunnelPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes the records of spans to tell whose packets they are. Fragments are kept until their
 * datagram is complete, up to {@value #MOST_FRAGMENTS} of them and 16 MiB; the oldest are forgotten
 * first.
 */
final class SpanFilter {
  private static final int MOST_FRAGMENTS = 1_024;
  private static final long MOST_BYTES = 16L << 20;

  private final PacketDecoder decoder;
  private final DecodedPacket packet = new DecodedPacket();
  private final Map<Place, PacketRecord> fragments = new LinkedHashMap<>();
  private long bytes;

  private record Place(int capture, long position) {}

  /** Looks into tunnels on these ports, too. */
  SpanFilter(TunnelPorts tunnels) {
    decoder = new PacketDecoder(tunnels);
  }

  /**
   * Decodes a record.
   *
   * @param capture number of its capture
   * @return what it says, until the next call; null when it belongs to no flow, or not yet
   */
  DecodedPacket decode(PacketRecord record, int capture) {
    decoder.startCapture(capture);
    if (decoder.decode(record, packet)) {
      return packet;
    }
    if (packet.stopReason == StopReason.FRAGMENT_HELD) {
      keep(record, new Place(capture, record.position));
    }
    return null;
  }

  private void keep(PacketRecord record, Place place) {
    fragments.put(place, record.copy());
    bytes += record.capturedLength;
    while (fragments.size() > MOST_FRAGMENTS || bytes > MOST_BYTES) {
      bytes -= fragments.remove(fragments.keySet().iterator().next()).capturedLength;
    }
  }

  /** The earlier fragments of the datagram that was decoded last, of one capture. */
  List<PacketRecord> earlierFragments(int capture) {
    List<PacketRecord> found = new ArrayList<>();
    for (int i = 0; packet.heldPositions != null && i < packet.heldPositions.length; i++) {
      PacketRecord kept =
          packet.heldCaptureIndexes[i] == capture
              ? fragments.get(new Place(capture, packet.heldPositions[i]))
              : null;
      if (kept != null) {
        found.add(kept);
      }
    }
    return found;
  }
}
