package dev.forensics.indexer.decode;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the packets a decoder was given: packets = decoded + the sum of all stops. Written
 * by the decoder's thread; another thread that reads may see figures a moment old.
 */
public final class DecodeCounters {
  /** Unsupported link types counted one by one; those past it are counted together. */
  public static final int MAX_LINK_TYPES = 16;

  private static final int REASONS = StopReason.values().length;

  private final long[] stops = new long[Layer.values().length * REASONS];
  private final int[] linkTypes = new int[MAX_LINK_TYPES];
  private final long[] linkTypePackets = new long[MAX_LINK_TYPES];
  private int linkTypeCount;
  private long otherLinkTypePackets;
  private long decoded;
  private long tunnelFallbacks;

  /** Packets given to the decoder. */
  public long packets() {
    return decoded + stops();
  }

  /** Packets that belong to a flow. */
  public long decoded() {
    return decoded;
  }

  /** Packets that belong to no flow. */
  public long stops() {
    long sum = 0;
    for (long stop : stops) {
      sum += stop;
    }
    return sum;
  }

  /** Packets at which decoding ended at this layer for this reason. */
  public long stops(Layer layer, StopReason reason) {
    return stops[index(layer, reason)];
  }

  /** Packets that looked like a tunnel, did not hold, and were counted to the flow around it. */
  public long tunnelFallbacks() {
    return tunnelFallbacks;
  }

  /** Packets by LINKTYPE_ number that has no decoder, the first {@link #MAX_LINK_TYPES} numbers. */
  public SortedMap<Integer, Long> unsupportedLinkTypes() {
    SortedMap<Integer, Long> packets = new TreeMap<>();
    for (int i = 0; i < linkTypeCount; i++) {
      packets.put(linkTypes[i], linkTypePackets[i]);
    }
    return Collections.unmodifiableSortedMap(packets);
  }

  /** Packets of unsupported link types past those counted one by one. */
  public long otherLinkTypePackets() {
    return otherLinkTypePackets;
  }

  void countDecoded() {
    decoded++;
  }

  void countStop(Layer layer, StopReason reason) {
    stops[index(layer, reason)]++;
  }

  void countTunnelFallback() {
    tunnelFallbacks++;
  }

  void countLinkType(int linkType) {
    for (int i = 0; i < linkTypeCount; i++) {
      if (linkTypes[i] == linkType) {
        linkTypePackets[i]++;
        return;
      }
    }
    if (linkTypeCount == MAX_LINK_TYPES) {
      otherLinkTypePackets++;
      return;
    }
    linkTypes[linkTypeCount] = linkType;
    linkTypePackets[linkTypeCount] = 1;
    linkTypeCount++;
  }

  /** The numbers stay within this class, so a reordered enum changes nothing. */
  @SuppressWarnings("EnumOrdinal")
  private static int index(Layer layer, StopReason reason) {
    return layer.ordinal() * REASONS + reason.ordinal();
  }
}
