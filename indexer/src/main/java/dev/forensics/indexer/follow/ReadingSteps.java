package dev.forensics.indexer.follow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Which parts of which captures were read one after the other, as far back as they may have to be
 * read again. While one capture grows, its steps become one; while several grow, the steps tell in
 * which order their records were merged, which the packets' times alone do not: a record may be
 * written after later ones of another capture were read.
 */
final class ReadingSteps {
  /** Steps of one capture are joined up to this size, which bounds what is read again in vain. */
  static final long JOINED_BYTES = 64L << 20;

  private final List<Step> steps = new ArrayList<>();

  /**
   * A part of a capture.
   *
   * @param capture number of the capture
   * @param from position in bytes of the uncompressed capture where reading began
   * @param to where it stopped
   */
  record Part(int capture, long from, long to) {}

  /**
   * What was read at a time, merged by packet time.
   *
   * @param clockNanos the sensor's clock before
   * @param parts at least one, by number of the capture
   */
  record Step(long clockNanos, List<Part> parts) {
    Step {
      parts = List.copyOf(parts);
    }

    private boolean holds(int capture, long position) {
      return parts.stream()
          .anyMatch(p -> p.capture == capture && p.from <= position && position < p.to);
    }
  }

  /** Adds what was read last. */
  void add(Step step) {
    int last = steps.size() - 1;
    Step joined = last < 0 ? null : join(steps.get(last), step);
    if (joined == null) {
      steps.add(step);
    } else {
      steps.set(last, joined);
    }
  }

  /** The two as one; null when they are not one stretch of one capture. */
  private static Step join(Step before, Step step) {
    if (before.parts.size() > 1 || step.parts.size() > 1) {
      return null;
    }
    Part first = before.parts.get(0);
    Part second = step.parts.get(0);
    boolean joinable =
        first.capture == second.capture
            && first.to == second.from
            && second.to - first.from <= JOINED_BYTES;
    return joinable
        ? new Step(before.clockNanos, List.of(new Part(first.capture, first.from, second.to)))
        : null;
  }

  /** The steps in order. */
  List<Step> all() {
    return List.copyOf(steps);
  }

  /** Number of the step in which a record was read; the number of steps when in none. */
  int indexOf(int capture, long position) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).holds(capture, position)) {
        return i;
      }
    }
    return steps.size();
  }

  /** Forgets the steps before this one. */
  void forgetBefore(int index) {
    steps.subList(0, index).clear();
  }

  /** Numbers of the captures that have a part. */
  SortedSet<Integer> captures() {
    SortedSet<Integer> captures = new TreeSet<>();
    steps.forEach(step -> step.parts.forEach(part -> captures.add(part.capture)));
    return captures;
  }

  /** The steps in a binary form, with other numbers for the captures. */
  byte[] toBytes(Map<Integer, Integer> numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(steps.size());
      for (Step step : steps) {
        out.writeLong(step.clockNanos);
        out.writeShort(step.parts.size());
        for (Part part : step.parts) {
          out.writeInt(numbers.get(part.capture));
          out.writeLong(part.from);
          out.writeLong(part.to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the binary form.
   *
   * @throws IOException when it is none
   */
  static ReadingSteps fromBytes(byte[] bytes) throws IOException {
    ReadingSteps read = new ReadingSteps();
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        long clock = in.readLong();
        int parts = in.readUnsignedShort();
        List<Part> all = new ArrayList<>();
        for (int j = 0; j < parts; j++) {
          all.add(new Part(in.readInt(), in.readLong(), in.readLong()));
        }
        read.steps.add(new Step(clock, all));
      }
    }
    return read;
  }
}
