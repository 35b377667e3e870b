package dev.forensics.indexer.decode;

import java.util.Arrays;

/** The fragments of one IP datagram so far, ordered by offset and without overlap. */
final class FragmentedDatagram {
  /** More fragments than a full datagram has at IPv4's least MTU of 68 bytes. */
  static final int MAX_FRAGMENTS = 2048;

  /** What a datagram takes in memory beside its fragments, and a fragment beside its bytes. */
  static final int DATAGRAM_CHARGE = 320;

  static final int FRAGMENT_CHARGE = 64;

  private static final int MAX_LENGTH = 65535;
  private static final int UNKNOWN = -1;
  private static final byte[][] NONE = {};
  private static final int[] NO_OFFSETS = {};

  /** Answers of {@link #add}. */
  enum Addition {
    KEPT,
    COMPLETE,
    DUPLICATE,
    REFUSED
  }

  final int ipVersion;
  final long sourceHigh;
  final long sourceLow;
  final long destinationHigh;
  final long destinationLow;
  final int id;
  final int protocol;
  final int vlanId;
  final long tunnelId;

  /** Time of the first fragment. */
  long startNanos;

  /** The same, but the sensor's clock at that fragment where it is far ahead. */
  long seenNanos;

  /** How far the clock was set forward since, by steps: it does not age by them. */
  private long stepNanos;

  /** Neighbours by age, and the next one in the same bucket. */
  FragmentedDatagram older;

  FragmentedDatagram newer;
  FragmentedDatagram nextInBucket;

  /**
   * True after an overlap: all of the datagram is refused (RFC 5722), fragments to come as well.
   */
  boolean refused;

  private byte[][] contents = new byte[4][];
  private int[] offsets = new int[4];
  private long[] positions = new long[4];
  private int[] captureIndexes = new int[4];
  private int count;
  private int received;
  private int totalLength = UNKNOWN;
  private int firstProtocol = UNKNOWN;
  private int storedBytes;
  private int wireBytes;

  FragmentedDatagram(Cursor cursor, DecodedPacket packet) {
    ipVersion = packet.ipVersion;
    sourceHigh = packet.sourceHigh;
    sourceLow = packet.sourceLow;
    destinationHigh = packet.destinationHigh;
    destinationLow = packet.destinationLow;
    id = cursor.fragmentId;
    protocol = keyProtocol(cursor, packet);
    vlanId = packet.vlanId;
    tunnelId = packet.tunnelId;
    startNanos = packet.seenNanos();
    boolean isInTime = packet.clockNanos - startNanos <= FragmentReassembler.GRACE_NANOS;
    seenNanos = isInTime ? startNanos : packet.clockNanos;
  }

  /** The sensor's clock went back by this much since. */
  void setBack(long nanos) {
    long unmade = Math.min(stepNanos, nanos);
    stepNanos -= unmade;
    startNanos -= nanos - unmade;
    seenNanos -= nanos;
  }

  /** The sensor's clock was set forward by this much since. */
  void setForward(long nanos) {
    stepNanos += nanos;
    seenNanos += nanos;
  }

  /** How far a time is from that of the first fragment, with the steps in between or without. */
  long distanceNanos(long nanos) {
    return Math.min(Math.abs(nanos - startNanos), Math.abs(nanos - startNanos - stepNanos));
  }

  /** IPv4 has the protocol in the key (RFC 791), IPv6 not (RFC 8200, section 4.5). */
  private static int keyProtocol(Cursor cursor, DecodedPacket packet) {
    return packet.ipVersion == 4 ? cursor.fragmentProtocol : 0;
  }

  /** VLAN and tunnel are part of the key: two tenants may use the same addresses and ids. */
  boolean owns(Cursor cursor, DecodedPacket packet) {
    return id == cursor.fragmentId
        && sourceLow == packet.sourceLow
        && destinationLow == packet.destinationLow
        && sourceHigh == packet.sourceHigh
        && destinationHigh == packet.destinationHigh
        && protocol == keyProtocol(cursor, packet)
        && ipVersion == packet.ipVersion
        && vlanId == packet.vlanId
        && tunnelId == packet.tunnelId;
  }

  /** Memory that it takes, in bytes. */
  int bytes() {
    return DATAGRAM_CHARGE + received + contents.length * FRAGMENT_CHARGE;
  }

  Addition add(Cursor cursor, DecodedPacket packet) {
    int offset = cursor.fragmentOffset;
    int end = offset + cursor.length();
    int place = place(offset);
    if (isDuplicate(place, cursor)) {
      return Addition.DUPLICATE;
    }
    if (contradicts(end, cursor.moreFragments) || overlaps(place, offset, end)) {
      return Addition.REFUSED;
    }
    keep(place, cursor, packet);
    if (!cursor.moreFragments) {
      totalLength = end;
    }
    if (offset == 0) {
      firstProtocol = cursor.fragmentProtocol;
    }
    return received == totalLength ? Addition.COMPLETE : Addition.KEPT;
  }

  /** Index of the first fragment at or behind this offset. */
  private int place(int offset) {
    int found = Arrays.binarySearch(offsets, 0, count, offset);
    return found < 0 ? -found - 1 : found;
  }

  private boolean isDuplicate(int place, Cursor cursor) {
    if (place == count || offsets[place] != cursor.fragmentOffset) {
      return false;
    }
    byte[] kept = contents[place];
    return Arrays.equals(kept, 0, kept.length, cursor.buffer, cursor.at, cursor.end);
  }

  private boolean contradicts(int end, boolean more) {
    int known = count == 0 ? 0 : offsets[count - 1] + contents[count - 1].length;
    return count == MAX_FRAGMENTS
        || end > MAX_LENGTH
        || (totalLength != UNKNOWN && (end > totalLength || !more))
        || (!more && known > end);
  }

  private boolean overlaps(int place, int offset, int end) {
    boolean before = place > 0 && offsets[place - 1] + contents[place - 1].length > offset;
    return before || (place < count && offsets[place] < end);
  }

  private void keep(int place, Cursor cursor, DecodedPacket packet) {
    if (count == offsets.length) {
      grow();
    }
    System.arraycopy(offsets, place, offsets, place + 1, count - place);
    System.arraycopy(contents, place, contents, place + 1, count - place);
    offsets[place] = cursor.fragmentOffset;
    contents[place] = Arrays.copyOfRange(cursor.buffer, cursor.at, cursor.end);
    positions[count] = packet.position;
    captureIndexes[count] = packet.captureIndex;
    count++;
    received += cursor.length();
    storedBytes = add(storedBytes, packet.capturedLength);
    wireBytes = add(wireBytes, packet.originalLength);
  }

  /** A capture may claim any length for a frame. */
  private static int add(int bytes, int more) {
    return (int) Math.min((long) bytes + more, Integer.MAX_VALUE);
  }

  private void grow() {
    offsets = Arrays.copyOf(offsets, count * 2);
    contents = Arrays.copyOf(contents, count * 2);
    positions = Arrays.copyOf(positions, count * 2);
    captureIndexes = Arrays.copyOf(captureIndexes, count * 2);
  }

  /** Record position of the fragment that came first. */
  long firstPosition() {
    return positions[0];
  }

  /** Capture ordinal of the fragment that came first. */
  int firstCaptureIndex() {
    return captureIndexes[0];
  }

  /** Protocol of the whole: that of the fragment at offset 0. */
  int firstProtocol() {
    return firstProtocol;
  }

  /** Gives up the content but stays in its place, so that fragments to come are recognized. */
  void refuse() {
    refused = true;
    contents = NONE;
    offsets = NO_OFFSETS;
    received = 0;
  }

  /** The whole content as a fresh array; describes it in the packet that completed it. */
  byte[] complete(DecodedPacket packet) {
    byte[] whole = new byte[totalLength];
    for (int i = 0; i < count; i++) {
      System.arraycopy(contents[i], 0, whole, offsets[i], contents[i].length);
    }
    packet.buffer = whole;
    packet.frameOffset = 0;
    packet.capturedLength = storedBytes;
    packet.originalLength = wireBytes;
    packet.reassembled = true;
    packet.heldPositions = Arrays.copyOf(positions, count - 1);
    packet.heldCaptureIndexes = Arrays.copyOf(captureIndexes, count - 1);
    return whole;
  }
}
