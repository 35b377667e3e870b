package dev.forensics.indexer.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where the packets of a flow's segment stand: capture ordinal and record position of each, up to a
 * cap; past it only byte ranges, whose packets must be filtered by the flow's key. A packet put
 * together from IP fragments stands for each of its fragments.
 *
 * <p>The first packet stands in two fields, each further one as a varint: 1 +
 * Varints.zigzag(position - position before), or 0, Varints.zigzag(capture - capture before),
 * position. Past the cap there follow ranges: Varints.zigzag(capture - capture before), first
 * position, and, when another range follows, the range's last position. A flow of one packet so
 * keeps no array. Mirrored copies are not listed.
 *
 * <p>Base class of {@link Flow} to spare a second object for each of a million flows.
 */
public abstract class PacketPointers extends QueueLink {
  /** Ranges end to grow at this many bytes; the last one then spans all further captures. */
  private static final int TRAIL_LIMIT = 64 << 10;

  private static final int FIRST_TRAIL_BYTES = 16;
  private static final byte[] EMPTY = new byte[0];

  /** Ordinal of the capture that holds the segment's first packet. */
  public int firstCaptureIndex;

  /** Ordinal of the capture that holds the segment's latest packet, as the pipeline counts them. */
  public int lastCaptureIndex;

  /** Record position of the segment's first packet, in bytes of the uncompressed capture. */
  public long firstPosition;

  /** Record position of the segment's latest packet; past the cap the last one of its capture. */
  public long lastPosition;

  private byte[] trail = EMPTY;
  private int trailLength;
  private char listed;
  private boolean ranged;

  /** Where the first position of the present range stands in the trail. */
  private int rangeAt;

  PacketPointers() {}

  /** Packets of one capture. */
  public static final class Listed {
    /** Ordinal of the capture. */
    public final int captureIndex;

    /** Record positions in bytes, in the order of the packets. */
    public final long[] positions;

    Listed(int captureIndex, long[] positions) {
      this.captureIndex = captureIndex;
      this.positions = positions;
    }

    /** These positions and others of the same capture behind them. */
    public Listed and(Listed others) {
      long[] both = Arrays.copyOf(positions, positions.length + others.positions.length);
      System.arraycopy(others.positions, 0, both, positions.length, others.positions.length);
      return new Listed(captureIndex, both);
    }

    /** All positions as text. */
    public String encoded() {
      return encoded(0, positions.length);
    }

    /**
     * Positions as base64url without padding, of the zigzag varints of their differences.
     *
     * @param from index of the first one
     * @param to index behind the last one
     */
    public String encoded(int from, int to) {
      byte[] bytes = new byte[(to - from) * Varints.LIMIT];
      int length = 0;
      long before = 0;
      for (int i = from; i < to; i++) {
        length = Varints.put(bytes, length, Varints.zigzag(positions[i] - before));
        before = positions[i];
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length));
    }

    /**
     * The positions that {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static long[] decode(String encoded) {
      byte[] bytes = Base64.getUrlDecoder().decode(encoded);
      long[] positions = new long[bytes.length];
      int count = 0;
      int offset = 0;
      long position = 0;
      while (offset < bytes.length) {
        position += Varints.unzigzag(Varints.get(bytes, offset));
        offset = Varints.end(bytes, offset);
        positions[count++] = position;
      }
      return Arrays.copyOf(positions, count);
    }
  }

  /**
   * Packets past the cap: somewhere between two record positions, both included.
   *
   * @param firstCaptureIndex capture of the first of them
   * @param firstPosition its record position
   * @param lastCaptureIndex capture of the last of them, normally the same
   * @param lastPosition its record position
   */
  public record Range(
      int firstCaptureIndex, long firstPosition, int lastCaptureIndex, long lastPosition) {
    /** This one and another one behind it. */
    public Range and(Range other) {
      return new Range(
          firstCaptureIndex, firstPosition, other.lastCaptureIndex, other.lastPosition);
    }
  }

  /** How many packets, and fragments of packets, are listed one by one. */
  public final int listedPackets() {
    return listed;
  }

  /** Bytes of memory that the positions take. */
  final int pointerBytes() {
    return trail.length;
  }

  /**
   * Remembers one packet; past the cap only by its range.
   *
   * @param captureIndex ordinal of its capture
   * @param position of its record, in bytes of the uncompressed capture
   * @param cap packets that are listed one by one at most
   */
  public final void addPointer(int captureIndex, long position, int cap) {
    long reach = position;
    if (listed == 0) {
      firstCaptureIndex = captureIndex;
      firstPosition = position;
      listed = 1;
    } else if (listed < cap) {
      list(captureIndex, position);
    } else {
      reach = extendRange(captureIndex, position);
    }
    lastCaptureIndex = captureIndex;
    lastPosition = reach;
  }

  /** Forgets everything: the next packet is the first of the next segment. */
  final void resetPointers() {
    listed = 0;
    trailLength = 0;
    trail = EMPTY;
    ranged = false;
  }

  private void list(int captureIndex, long position) {
    if (captureIndex == lastCaptureIndex) {
      append(1 + Varints.zigzag(position - lastPosition));
    } else {
      append(0);
      append(Varints.zigzag((long) captureIndex - lastCaptureIndex));
      append(position);
    }
    listed++;
  }

  /** The range's last position then. */
  private long extendRange(int captureIndex, long position) {
    if (!ranged) {
      ranged = true;
    } else if (captureIndex == lastCaptureIndex) {
      return widenRange(position);
    } else if (trailLength > TRAIL_LIMIT) {
      return position;
    } else {
      append(lastPosition);
    }
    append(Varints.zigzag((long) captureIndex - lastCaptureIndex));
    rangeAt = trailLength;
    append(position);
    return position;
  }

  /** Sections of a capture that are read side by side give positions in any order. */
  private long widenRange(long position) {
    if (position < Varints.get(trail, rangeAt) && trailLength <= TRAIL_LIMIT) {
      trailLength = rangeAt;
      append(position);
    }
    return Math.max(lastPosition, position);
  }

  /** The listed packets, capture by capture in order. */
  public final List<Listed> listed() {
    List<Listed> captures = new ArrayList<>();
    Cursor cursor = new Cursor();
    long[] positions = new long[listed];
    int count = 0;
    int capture = firstCaptureIndex;
    for (int i = 0; i < listed; i++) {
      cursor.packet(i == 0);
      if (cursor.capture != capture) {
        captures.add(new Listed(capture, Arrays.copyOf(positions, count)));
        capture = cursor.capture;
        count = 0;
      }
      positions[count++] = cursor.position;
    }
    if (count > 0) {
      captures.add(new Listed(capture, Arrays.copyOf(positions, count)));
    }
    return captures;
  }

  /** The ranges of the packets past the cap, in order; empty when every packet is listed. */
  public final List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    Cursor cursor = new Cursor();
    for (int i = 0; i < listed; i++) {
      cursor.packet(i == 0);
    }
    while (cursor.offset < trailLength) {
      int capture = (int) (cursor.capture + Varints.unzigzag(cursor.varint()));
      long first = cursor.varint();
      boolean closed = cursor.offset < trailLength;
      int last = closed ? capture : lastCaptureIndex;
      ranges.add(new Range(capture, first, last, closed ? cursor.varint() : lastPosition));
      cursor.capture = capture;
    }
    return ranges;
  }

  private void append(long value) {
    int length = Varints.length(value);
    if (trail.length < trailLength + length) {
      trail = Arrays.copyOf(trail, Math.max(FIRST_TRAIL_BYTES, trail.length * 2));
    }
    trailLength = Varints.put(trail, trailLength, value);
  }

  /** Reads the trail from its beginning. */
  private final class Cursor {
    private int offset;
    private int capture = firstCaptureIndex;
    private long position = firstPosition;

    void packet(boolean first) {
      if (first) {
        return;
      }
      long step = varint();
      if (step == 0) {
        capture += (int) Varints.unzigzag(varint());
        position = varint();
      } else {
        position += Varints.unzigzag(step - 1);
      }
    }

    long varint() {
      long value = Varints.get(trail, offset);
      offset = Varints.end(trail, offset);
      return value;
    }
  }
}
