package dev.forensics.indexer.decode;

/**
 * Puts IP fragments together, within bounds, by packet time. Fragments are copied until their
 * datagram is complete; the datagram is a fresh array.
 *
 * <p>Overlap: a fragment equal to one already there is a duplicate and ignored. Any other overlap
 * refuses the whole datagram, also what comes later of it, as RFC 5722 asks for and current systems
 * do; so no attacker can show the indexer other bytes than the receiver. A fragment that was cut by
 * the capture is never kept.
 *
 * <p>Belongs to one {@link PacketDecoder}; not thread-safe.
 */
public final class FragmentReassembler {
  /** A fragment that is at most so far behind the clock is in time, in nanoseconds. */
  static final long GRACE_NANOS = 1_000_000_000L;

  private final FragmentLimits limits;
  private final long timeoutNanos;
  private final long hashSeed;
  private final FragmentedDatagram[] buckets;
  private FragmentedDatagram oldest;
  private FragmentedDatagram newest;
  private int datagrams;
  private long bytes;
  private long completed;
  private long expired;
  private long evicted;
  private long refused;
  private long duplicates;

  /**
   * An empty one.
   *
   * @param hashSeed secret: senders who do not know it cannot make datagrams share a bucket
   */
  FragmentReassembler(FragmentLimits limits, long hashSeed) {
    this.limits = limits;
    this.hashSeed = hashSeed;
    timeoutNanos = limits.timeout().toNanos();
    int size = Integer.highestOneBit(Math.min(limits.maxDatagrams(), 1 << 16)) * 2;
    buckets = new FragmentedDatagram[size];
  }

  /** True when fragments wait for the rest of their datagram. */
  public boolean isHolding() {
    return oldest != null;
  }

  /** Record position of the oldest fragment held, in its capture; -1 when none is. */
  public long oldestPosition() {
    return oldest == null ? -1 : oldest.firstPosition();
  }

  /** Capture ordinal of the oldest fragment held; -1 when none is. */
  public int oldestCaptureIndex() {
    return oldest == null ? -1 : oldest.firstCaptureIndex();
  }

  /** Datagrams in the making, 0 to the limit. */
  public int heldDatagrams() {
    return datagrams;
  }

  /** Memory of the fragments held, in bytes, 0 to the limit; what keeps them in order included. */
  public long heldBytes() {
    return bytes;
  }

  /** Datagrams put together so far. */
  public long completed() {
    return completed;
  }

  /** Datagrams given up since their rest did not come in time. */
  public long expired() {
    return expired;
  }

  /** Datagrams given up for lack of room. */
  public long evicted() {
    return evicted;
  }

  /** Datagrams refused for overlap or contradiction. */
  public long refused() {
    return refused;
  }

  /** Fragments that were there already. */
  public long duplicates() {
    return duplicates;
  }

  /**
   * Takes the fragment at the cursor.
   *
   * @return the datagram's IP protocol as {@link Next} when this fragment completes it, the cursor
   *     then stands in its content; otherwise a stop
   */
  int add(Cursor cursor, DecodedPacket packet) {
    boolean whole = cursor.end == cursor.wireEnd;
    boolean sound = !cursor.moreFragments || cursor.length() % 8 == 0;
    if (!whole || !sound || cursor.length() == 0) {
      return stop(StopReason.FRAGMENT_REFUSED, cursor, packet);
    }
    FragmentedDatagram datagram = find(cursor, packet);
    if (datagram == null) {
      evict(limits.maxDatagrams() - 1);
      datagram = start(cursor, packet);
    }
    if (datagram.refused) {
      return stop(StopReason.FRAGMENT_REFUSED, cursor, packet);
    }
    int before = datagram.bytes();
    FragmentedDatagram.Addition addition = datagram.add(cursor, packet);
    bytes += datagram.bytes() - before;
    return switch (addition) {
      case KEPT -> keep(cursor, packet);
      case COMPLETE -> complete(datagram, cursor, packet);
      case DUPLICATE -> duplicate(cursor, packet);
      case REFUSED -> refuse(datagram, cursor, packet);
    };
  }

  /** Gives up what nobody can complete any more, since even late fragments would be here. */
  void expire(long clockNanos) {
    while (oldest != null && clockNanos - oldest.seenNanos > timeoutNanos + GRACE_NANOS) {
      giveUp(oldest);
    }
  }

  private void giveUp(FragmentedDatagram datagram) {
    expired += datagram.refused ? 0 : 1;
    remove(datagram);
  }

  /** The clock was set back: nothing was seen later than now. */
  void setBack(long clockNanos) {
    for (FragmentedDatagram one = oldest; one != null; one = one.newer) {
      one.setBack(Math.max(0, one.seenNanos - clockNanos));
    }
  }

  /**
   * The clock took a step, without any packet in it: what waits does not age by that.
   *
   * @param nanos how far it was set forward
   */
  public void setForward(long nanos) {
    for (FragmentedDatagram one = oldest; one != null; one = one.newer) {
      one.setForward(nanos);
    }
  }

  private int keep(Cursor cursor, DecodedPacket packet) {
    evict(limits.maxDatagrams());
    return stop(StopReason.FRAGMENT_HELD, cursor, packet);
  }

  /** The oldest go, refused ones as well, until the bounds are kept. */
  private void evict(int mostDatagrams) {
    while (oldest != null && (bytes > limits.maxBytes() || datagrams > mostDatagrams)) {
      evicted++;
      remove(oldest);
    }
  }

  private int complete(FragmentedDatagram datagram, Cursor cursor, DecodedPacket packet) {
    remove(datagram);
    completed++;
    cursor.continueIn(datagram.complete(packet));
    return Next.IP_PROTOCOL | datagram.firstProtocol();
  }

  private int duplicate(Cursor cursor, DecodedPacket packet) {
    duplicates++;
    return stop(StopReason.FRAGMENT_REFUSED, cursor, packet);
  }

  private int refuse(FragmentedDatagram datagram, Cursor cursor, DecodedPacket packet) {
    bytes -= datagram.bytes();
    datagram.refuse();
    bytes += datagram.bytes();
    refused++;
    return stop(StopReason.FRAGMENT_REFUSED, cursor, packet);
  }

  private static int stop(StopReason reason, Cursor cursor, DecodedPacket packet) {
    Layer layer = packet.ipVersion == 4 ? Layer.IPV4 : Layer.IPV6_EXTENSION;
    return cursor.stop(packet, layer, reason);
  }

  private FragmentedDatagram find(Cursor cursor, DecodedPacket packet) {
    FragmentedDatagram datagram =
        buckets[bucket(packet.sourceHigh, packet.sourceLow, cursor.fragmentId)];
    while (datagram != null && !datagram.owns(cursor, packet)) {
      datagram = datagram.nextInBucket;
    }
    if (datagram != null && isOver(datagram, packet)) {
      giveUp(datagram);
      return null;
    }
    return datagram;
  }

  /** By the times of the fragments themselves, whoever else was heard between them. */
  private boolean isOver(FragmentedDatagram datagram, DecodedPacket packet) {
    return datagram.distanceNanos(packet.seenNanos()) > timeoutNanos;
  }

  private FragmentedDatagram start(Cursor cursor, DecodedPacket packet) {
    FragmentedDatagram datagram = new FragmentedDatagram(cursor, packet);
    int bucket = bucket(datagram.sourceHigh, datagram.sourceLow, datagram.id);
    datagram.nextInBucket = buckets[bucket];
    buckets[bucket] = datagram;
    datagram.older = newest;
    if (newest == null) {
      oldest = datagram;
    } else {
      newest.newer = datagram;
    }
    newest = datagram;
    datagrams++;
    bytes += datagram.bytes();
    return datagram;
  }

  private int bucket(long sourceHigh, long sourceLow, int id) {
    long h = FlowHash.end(sourceHigh, sourceLow, id, hashSeed);
    return (int) (h >>> 40) & (buckets.length - 1);
  }

  private void remove(FragmentedDatagram datagram) {
    unlinkFromBucket(datagram);
    if (datagram.older == null) {
      oldest = datagram.newer;
    } else {
      datagram.older.newer = datagram.newer;
    }
    if (datagram.newer == null) {
      newest = datagram.older;
    } else {
      datagram.newer.older = datagram.older;
    }
    datagrams--;
    bytes -= datagram.bytes();
  }

  private void unlinkFromBucket(FragmentedDatagram datagram) {
    int bucket = bucket(datagram.sourceHigh, datagram.sourceLow, datagram.id);
    if (buckets[bucket] == datagram) {
      buckets[bucket] = datagram.nextInBucket;
      return;
    }
    FragmentedDatagram before = buckets[bucket];
    while (before.nextInBucket != datagram) {
      before = before.nextInBucket;
    }
    before.nextInBucket = datagram.nextInBucket;
  }
}
