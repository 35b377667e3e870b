package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sections of a pcapng whose times overlap: captures that were joined end to end ({@code
 * cat rx.pcapng tx.pcapng}), one direction in each perhaps. To be read as if they were files of
 * their own, side by side.
 *
 * <p>A file is read through for this when it is at most {@value #SMALL_BYTES} bytes long, or when
 * its times run back at some of the places that {@link SectionSamples} looks at. A longer
 * compressed file is not looked through: it would have to be decompressed twice.
 *
 * <p>What one or two packets of another time say does not count in a section of 16 packets or more.
 */
final class JoinedSections {
  /** A file of that many bytes is read through at once. */
  private static final long SMALL_BYTES = 4 << 20;

  /** More runs than that are not captures joined by somebody: they are read as they stand. */
  private static final int MOST_RUNS = 16;

  /** So many packets of a section may have any time. */
  private static final int MOST_ASTRAY = 2;

  private static final int PACKETS_FOR_ONE = 8;

  private final List<SectionRun> runs = new ArrayList<>();
  private long start;
  private long begins = Long.MAX_VALUE;
  private long reach = Long.MIN_VALUE;

  private JoinedSections() {}

  /**
   * The runs of a capture's sections, in the order of the file.
   *
   * @return two or more, or none when it has but one, or cannot be read through without a fault
   */
  static List<SectionRun> of(CaptureFile capture) {
    if (capture.format() != CaptureFormat.PCAPNG) {
      return List.of();
    }
    boolean isSmall = capture.sizeBytes() <= SMALL_BYTES;
    try {
      boolean isWorthIt =
          isSmall || (capture.compression() == Compression.NONE && SectionSamples.runBack(capture));
      return isWorthIt ? new JoinedSections().find(capture) : List.of();
    } catch (IOException e) {
      return List.of(); // what is broken is told when it is read
    }
  }

  private List<SectionRun> find(CaptureFile capture) throws IOException {
    PacketRecord record = new PacketRecord();
    try (PositionedReader reader = capture.openPositioned(new SingleThreadBlocks(), 0)) {
      SectionTimes times = new SectionTimes(0);
      while (reader.next(record)) {
        if (record.section != times.start) {
          take(times);
          times = new SectionTimes(record.section);
        }
        times.add(record.timestampNanos);
        if (reader.holes().hasPassed() || runs.size() == MOST_RUNS) {
          return List.of();
        }
      }
      take(times);
    }
    runs.add(new SectionRun(start, Long.MAX_VALUE, begins));
    return runs.size() > 1 ? runs : List.of();
  }

  private void take(SectionTimes section) {
    if (section.count == 0) {
      return;
    }
    int astray = (int) Math.min(MOST_ASTRAY, section.count / PACKETS_FOR_ONE);
    long from = section.begins(astray);
    if (from < reach) {
      runs.add(new SectionRun(start, section.start, begins));
      start = section.start;
      begins = Long.MAX_VALUE;
      reach = Long.MIN_VALUE;
    }
    begins = Math.min(begins, Math.min(section.first, from));
    reach = Math.max(reach, section.reaches(astray));
  }

  /** The first and last times of a section. */
  private static final class SectionTimes {
    final long start;
    long first;
    long count;
    private final long[] earliest = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
    private final long[] latest = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};

    SectionTimes(long start) {
      this.start = start;
    }

    void add(long nanos) {
      first = count++ == 0 ? nanos : first;
      if (nanos < earliest[MOST_ASTRAY]) {
        insert(earliest, nanos, -1);
      }
      if (nanos > latest[MOST_ASTRAY]) {
        insert(latest, nanos, 1);
      }
    }

    private static void insert(long[] sorted, long nanos, int order) {
      int at = MOST_ASTRAY;
      while (at > 0 && Long.compare(nanos, sorted[at - 1]) == order) {
        sorted[at] = sorted[at - 1];
        at--;
      }
      sorted[at] = nanos;
    }

    long begins(int astray) {
      return earliest[astray];
    }

    long reaches(int astray) {
      return latest[astray];
    }
  }
}
