package dev.forensics.indexer.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Where the flows that were open at a committed position began: with it {@link FlowTable#replay}
 * rebuilds them. Immutable, sorted by position.
 *
 * <p>Binary form: a version byte, then as varints the number of flows and for each the zigzag
 * difference of the capture ordinal to the one before, the position (in the same capture: its
 * difference), and the segment number; for segments above 1 also the zigzag start time, the first
 * packet's hash, three bits (sender originates 1, midstream 2, responder opened 4) and six numbers
 * of the TCP state.
 */
public final class StartSet {
  private static final byte VERSION = 1;
  private static final int MOST_BYTES_A_FLOW = 12 * Varints.LIMIT;

  /** Nothing was open. */
  public static final StartSet EMPTY = new StartSet(List.of());

  private final List<Start> starts;

  private StartSet(List<Start> sorted) {
    starts = sorted;
  }

  /**
   * Beginning of a flow's current segment.
   *
   * @param segment null for segment 1
   */
  record Start(int captureIndex, long position, SegmentStart segment) {
    private static final Comparator<Start> ORDER =
        Comparator.comparingInt(Start::captureIndex).thenComparingLong(Start::position);
  }

  /** Collects flows, of one table or of several. */
  public static final class Builder {
    private final List<Start> starts = new ArrayList<>();

    /** Begins with no flow. */
    public Builder() {}

    /** Adds an open flow as it is now. */
    public void add(Flow flow) {
      starts.add(new Start(flow.firstCaptureIndex, flow.firstPosition, flow.segmentStart));
    }

    /** The set of all added flows. */
    public StartSet build() {
      return sorted(starts);
    }
  }

  private static StartSet sorted(List<Start> starts) {
    List<Start> sorted = new ArrayList<>(starts);
    Collections.sort(sorted, Start.ORDER);
    return new StartSet(sorted);
  }

  /** How many flows were open. */
  public int size() {
    return starts.size();
  }

  /** True when no flow was open: there is nothing to replay. */
  public boolean isEmpty() {
    return starts.isEmpty();
  }

  /** The capture in which a replay has to begin; the set is not empty. */
  public int firstCaptureIndex() {
    return starts.get(0).captureIndex();
  }

  /** The record position at which a replay has to begin; the set is not empty. */
  public long firstPosition() {
    return starts.get(0).position();
  }

  /** The ordinals of the captures in which flows began, ascending. */
  public int[] captureIndexes() {
    return starts.stream().mapToInt(Start::captureIndex).distinct().toArray();
  }

  /** This set with other capture ordinals, since each run counts its captures anew. */
  public StartSet withCaptureIndexes(IntUnaryOperator renumber) {
    List<Start> renumbered = new ArrayList<>(starts.size());
    for (Start start : starts) {
      int captureIndex = renumber.applyAsInt(start.captureIndex());
      renumbered.add(new Start(captureIndex, start.position(), start.segment()));
    }
    return sorted(renumbered);
  }

  Start get(int index) {
    return starts.get(index);
  }

  /** The set in its binary form. */
  public byte[] toBytes() {
    byte[] buffer = new byte[1 + Varints.LIMIT];
    buffer[0] = VERSION;
    int length = Varints.put(buffer, 1, starts.size());
    Start before = new Start(0, 0, null);
    for (Start start : starts) {
      if (buffer.length - length < MOST_BYTES_A_FLOW) {
        buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2 + MOST_BYTES_A_FLOW);
      }
      length = write(buffer, length, start, before);
      before = start;
    }
    return java.util.Arrays.copyOf(buffer, length);
  }

  private static int write(byte[] buffer, int offset, Start start, Start before) {
    long captures = (long) start.captureIndex() - before.captureIndex();
    int at = Varints.put(buffer, offset, Varints.zigzag(captures));
    long position = captures == 0 ? start.position() - before.position() : start.position();
    at = Varints.put(buffer, at, position);
    SegmentStart s = start.segment();
    at = Varints.put(buffer, at, s == null ? 1 : s.segment());
    return s == null ? at : writeSegment(buffer, at, s);
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
      List<Start> starts = new ArrayList<>((int) count);
      Start before = new Start(0, 0, null);
      for (int i = 0; i < count; i++) {
        before = start(before);
        starts.add(before);
      }
      if (offset != bytes.length) {
        throw new IllegalArgumentException("start set too long: offset=" + offset);
      }
      return sorted(starts);
    }

    private Start start(Start before) {
      long captures = Varints.unzigzag(next());
      long position = next() + (captures == 0 ? before.position() : 0);
      int segment = (int) next();
      int captureIndex = (int) (before.captureIndex() + captures);
      return new Start(captureIndex, position, segment == 1 ? null : segment(segment));
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
          (int) next());
    }

    private long next() {
      long value = Varints.get(bytes, offset);
      offset = Varints.end(bytes, offset);
      return value;
    }
  }
}
