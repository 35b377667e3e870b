package dev.forensics.indexer.flow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Where the flows that were open at a committed position began: with it {@link FlowTable#replay}
 * rebuilds them. Immutable, sorted by position, eight bytes a flow in segment 1.
 *
 * <p>Binary form: a version byte, then as varints the number of flows and for each the zigzag
 * difference of the capture ordinal to the one before, the position (in the same capture: its
 * difference), and the segment number; for segments above 1 also the zigzag start time, the first
 * packet's hash, three bits (sender originates 1, midstream 2, responder opened 4), six numbers of
 * the TCP state, and with their lengths before them the names of both sides (nothing for none) and
 * the observer's state.
 */
public final class StartSet {
  private static final byte VERSION = 2;
  private static final int MOST_BYTES_A_FLOW = 15 * Varints.LIMIT;
  private static final int POSITION_BITS = 42;
  private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;
  private static final int MOST_CAPTURES = 1 << (Long.SIZE - 1 - POSITION_BITS);

  private static final byte[] NOTHING = {};

  /** Nothing was open. */
  public static final StartSet EMPTY = new StartSet(new long[0], Map.of());

  /** Capture ordinal above the position, ascending. */
  private final long[] places;

  /** What is known of the segments above 1, by place. */
  private final Map<Long, SegmentStart> segments;

  private StartSet(long[] sortedPlaces, Map<Long, SegmentStart> segments) {
    places = sortedPlaces;
    this.segments = segments;
  }

  /** Collects flows, of one table or of several. */
  public static final class Builder {
    private long[] places = new long[64];
    private int count;
    private final Map<Long, SegmentStart> segments = new HashMap<>();

    /** Begins with no flow. */
    public Builder() {}

    /**
     * Adds an open flow as it is now.
     *
     * @throws IllegalArgumentException when it began behind 4 TiB of its capture or in the
     *     2,097,152nd capture or later
     */
    public void add(Flow flow) {
      add(flow.firstCaptureIndex, flow.firstPosition, flow.segmentStart);
    }

    private void add(int captureIndex, long position, SegmentStart segment) {
      if (captureIndex < 0
          || captureIndex >= MOST_CAPTURES
          || position < 0
          || position > POSITION_MASK) {
        throw new IllegalArgumentException(
            "flow began out of range: capture=%d, position=%d".formatted(captureIndex, position));
      }
      if (count == places.length) {
        places = Arrays.copyOf(places, count * 2);
      }
      long place = ((long) captureIndex << POSITION_BITS) | position;
      places[count++] = place;
      if (segment != null) {
        segments.put(place, segment);
      }
    }

    /** The set of all added flows. */
    public StartSet build() {
      long[] sorted = Arrays.copyOf(places, count);
      Arrays.sort(sorted);
      return new StartSet(sorted, Map.copyOf(segments));
    }
  }

  /** How many flows were open. */
  public int size() {
    return places.length;
  }

  /** True when no flow was open: there is nothing to replay. */
  public boolean isEmpty() {
    return places.length == 0;
  }

  /** The capture in which a replay has to begin; the set is not empty. */
  public int firstCaptureIndex() {
    return captureIndex(0);
  }

  /** The record position at which a replay has to begin; the set is not empty. */
  public long firstPosition() {
    return position(0);
  }

  /** The ordinals of the captures in which flows began, ascending. */
  public int[] captureIndexes() {
    return Arrays.stream(places)
        .mapToInt(place -> (int) (place >>> POSITION_BITS))
        .distinct()
        .toArray();
  }

  /** Position of the first flow that began in this capture; one did. */
  public long firstPosition(int captureIndex) {
    int found = Arrays.binarySearch(places, (long) captureIndex << POSITION_BITS);
    return position(found < 0 ? -found - 1 : found);
  }

  /**
   * This set with other capture ordinals, since each run counts its captures anew.
   *
   * @throws IllegalArgumentException when an ordinal is out of range
   */
  public StartSet withCaptureIndexes(IntUnaryOperator renumber) {
    Builder builder = new Builder();
    for (int i = 0; i < places.length; i++) {
      builder.add(renumber.applyAsInt(captureIndex(i)), position(i), segment(i));
    }
    return builder.build();
  }

  /** Index of the flow that began here; negative when none did. */
  int find(int captureIndex, long position) {
    return Arrays.binarySearch(places, ((long) captureIndex << POSITION_BITS) | position);
  }

  /** The capture in which the flow of this index began. */
  int captureIndex(int index) {
    return (int) (places[index] >>> POSITION_BITS);
  }

  /** The record position at which it began. */
  long position(int index) {
    return places[index] & POSITION_MASK;
  }

  /** What is known of its segment; null for segment 1. */
  SegmentStart segment(int index) {
    return segments.isEmpty() ? null : segments.get(places[index]);
  }

  /** The set in its binary form. */
  public byte[] toBytes() {
    byte[] buffer = new byte[1 + Varints.LIMIT];
    buffer[0] = VERSION;
    int length = Varints.put(buffer, 1, places.length);
    for (int i = 0; i < places.length; i++) {
      int most = MOST_BYTES_A_FLOW;
      for (byte[] kept : kept(segment(i))) {
        most += kept.length;
      }
      if (buffer.length - length < most) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2 + most);
      }
      length = write(buffer, length, i);
    }
    return Arrays.copyOf(buffer, length);
  }

  /** What a segment's start holds beside numbers. */
  private static byte[][] kept(SegmentStart segment) {
    if (segment == null) {
      return new byte[0][];
    }
    FlowNames names = segment.names();
    return new byte[][] {
      utf8(names == null ? null : names.originator()),
      utf8(names == null ? null : names.responder()),
      segment.observed() == null ? NOTHING : segment.observed()
    };
  }

  private static byte[] utf8(String text) {
    return text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
  }

  private int write(byte[] buffer, int offset, int index) {
    long captures = captureIndex(index) - (index == 0 ? 0L : captureIndex(index - 1));
    int at = Varints.put(buffer, offset, Varints.zigzag(captures));
    long before = index == 0 || captures != 0 ? 0 : position(index - 1);
    at = Varints.put(buffer, at, position(index) - before);
    SegmentStart s = segment(index);
    at = Varints.put(buffer, at, s == null ? 1 : s.segment());
    if (s == null) {
      return at;
    }
    at = writeSegment(buffer, at, s);
    for (byte[] kept : kept(s)) {
      at = Varints.put(buffer, at, kept.length);
      System.arraycopy(kept, 0, buffer, at, kept.length);
      at += kept.length;
    }
    return at;
  }

  private static int writeSegment(byte[] buffer, int offset, SegmentStart s) {
    int bits = (s.senderOriginates() ? 1 : 0) | (s.midstream() ? 2 : 0);
    int at = Varints.put(buffer, offset, Varints.zigzag(s.flowStartNanos()));
    at = Varints.put(buffer, at, s.firstPacketHash());
    at = Varints.put(buffer, at, bits | (s.responderOpened() ? 4 : 0));
    int[] numbers = {
      s.marks(),
      s.synSequence(),
      s.originatorSequence(),
      s.originatorAck(),
      s.responderSequence(),
      s.responderAck()
    };
    for (int number : numbers) {
      at = Varints.put(buffer, at, number & 0xFFFF_FFFFL);
    }
    return at;
  }

  /**
   * Reads the binary form.
   *
   * @throws IllegalArgumentException when the bytes are not of that form
   */
  public static StartSet fromBytes(byte[] bytes) {
    return new Reader(bytes).read();
  }

  /** Reads one binary form. */
  private static final class Reader {
    private final byte[] bytes;
    private int offset = 1;

    Reader(byte[] bytes) {
      this.bytes = bytes;
      if (bytes.length < 2 || bytes[0] != VERSION) {
        throw new IllegalArgumentException("not a start set of version " + VERSION);
      }
    }

    StartSet read() {
      long count = next();
      if (count < 0 || count > bytes.length) {
        throw new IllegalArgumentException("start set too short: flows=" + count);
      }
      Builder builder = new Builder();
      long captureIndex = 0;
      long position = 0;
      for (int i = 0; i < count; i++) {
        long captures = Varints.unzigzag(next());
        captureIndex += captures;
        position = next() + (captures == 0 ? position : 0);
        int segment = (int) next();
        builder.add((int) captureIndex, position, segment == 1 ? null : segment(segment));
      }
      if (offset != bytes.length) {
        throw new IllegalArgumentException("start set too long: offset=" + offset);
      }
      return builder.build();
    }

    private SegmentStart segment(int segment) {
      long flowStartNanos = Varints.unzigzag(next());
      long firstPacketHash = next();
      int bits = (int) next();
      return new SegmentStart(
          segment,
          flowStartNanos,
          firstPacketHash,
          (bits & 1) != 0,
          (bits & 2) != 0,
          (bits & 4) != 0,
          (int) next(),
          (int) next(),
          (int) next(),
          (int) next(),
          (int) next(),
          (int) next(),
          names(),
          kept());
    }

    private FlowNames names() {
      String originator = text(kept());
      String responder = text(kept());
      return originator == null && responder == null ? null : new FlowNames(originator, responder);
    }

    private static String text(byte[] utf8) {
      return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    private byte[] kept() {
      long length = next();
      if (length < 0 || length > bytes.length - offset) {
        throw new IllegalArgumentException("start set too short: offset=" + offset);
      }
      offset += (int) length;
      return length == 0 ? null : Arrays.copyOfRange(bytes, offset - (int) length, offset);
    }

    private long next() {
      long value = Varints.get(bytes, offset);
      offset = Varints.end(bytes, offset);
      return value;
    }
  }
}
