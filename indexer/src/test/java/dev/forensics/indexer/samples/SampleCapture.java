package dev.forensics.indexer.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Frames of one capture, or of one that is rotated, with the alarms that have to come out of it.
 */
final class SampleCapture {
  private final String name;
  private final List<Frame> frames = new ArrayList<>();
  private final TreeMap<Expectation, Integer> expected = new TreeMap<>();

  /** Takes a file name, with its ending. */
  SampleCapture(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  SampleCapture add(Conversation conversation) {
    frames.addAll(conversation.frames());
    return this;
  }

  SampleCapture add(Frame frame) {
    frames.add(frame);
    return this;
  }

  /** One more alarm of this rule about this destination; outcome null where a rule has none. */
  SampleCapture expect(String rule, String destination, String outcome) {
    expected.merge(new Expectation(rule, destination, outcome), 1, Integer::sum);
    return this;
  }

  /** All frames, by time. */
  List<Frame> frames() {
    List<Frame> sorted = new ArrayList<>(frames);
    sorted.sort(Comparator.comparingLong(Frame::timestampNanos));
    return sorted;
  }

  Map<Expectation, Integer> expected() {
    return expected;
  }
}
