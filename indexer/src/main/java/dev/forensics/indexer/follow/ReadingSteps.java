package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.LettingGo;
import dev.forensics.indexer.capture.TrafficClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
   * @param lookedTo position up to which records decided about times; Long.MAX_VALUE for all
   * @param clock what was known of the capture's times where it began; null when that is not known
   */
  record Part(int capture, long from, long to, long lookedTo, CaptureClock clock) {
    private Part upTo(Part next) {
      return new Part(capture, from, next.to, next.lookedTo, clock);
    }
  }

  /**
   * What was read at a time, merged by packet time.
   *
   * @param clock the sensor's before
   * @param parts at least one, by number of the capture
   * @param lettingGo which records were let go whose times nothing had decided about
   */
  record Step(TrafficClock.State clock, List<Part> parts, LettingGo lettingGo) {
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
    boolean isAnyLetGo = before.lettingGo != LettingGo.NONE || step.lettingGo != LettingGo.NONE;
    if (isAnyLetGo || before.parts.size() > 1 || step.parts.size() > 1) {
      return null;
    }
    Part first = before.parts.get(0);
    Part second = step.parts.get(0);
    boolean joinable =
        first.capture == second.capture
            && first.to == second.from
            && second.to - first.from <= JOINED_BYTES;
    return joinable ? new Step(before.clock, List.of(first.upTo(second)), LettingGo.NONE) : null;
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
}
