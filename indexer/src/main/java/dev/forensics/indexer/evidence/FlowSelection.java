package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.document.FlowPackets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All packets of one flow, each once: what its alarms and the documents of its segments list, put
 * together. Grows by {@link #add}; used by one thread.
 */
final class FlowSelection {
  private static final Logger LOG = LoggerFactory.getLogger(FlowSelection.class);

  private final String flowId;
  private final Map<CaptureId, List<long[]>> positions = new LinkedHashMap<>();
  private final Map<CaptureId, List<Span>> spans = new LinkedHashMap<>();
  private final Map<CaptureId, TreeSet<Long>> sections = new HashMap<>();
  private final List<Part> files = new ArrayList<>();
  private final Set<Integer> segments = new TreeSet<>();
  private FlowKey key;
  private TunnelPorts tunnels = TunnelPorts.NONE;
  private String sensor = "";
  private long startNanos = Long.MAX_VALUE;
  private long endNanos = Long.MIN_VALUE;
  private long nowhere;
  private boolean isFinal;
  private boolean hasGap;

  FlowSelection(String flowId) {
    this.flowId = flowId;
  }

  /** Adds the packets of an alarm or of a segment. */
  FlowSelection add(FlowPackets packets) {
    if (key == null) {
      key = FlowKey.of(packets);
      sensor = packets.sensor();
    }
    endNanos = Math.max(endNanos, packets.endNanos());
    startNanos = Math.min(startNanos, packets.startNanos());
    isFinal |= packets.isFinal();
    if (packets.tunnelPort() != null) {
      tunnel(packets.tunnelPort());
    }
    segments.add(packets.segment());
    packets.captures().forEach(this::add);
    packets.ranges().forEach(this::add);
    return this;
  }

  /** Adds what another file has of the time before the packets that were added so far. */
  FlowSelection addBefore(CaptureFile file) {
    files.add(Part.before(file, startNanos));
    return this;
  }

  /** Adds a whole file. */
  FlowSelection addAll(CaptureFile file) {
    files.add(Part.before(file, Long.MAX_VALUE));
    return this;
  }

  /** A document that says what no port can be is as one that says nothing. */
  private void tunnel(String port) {
    try {
      tunnels = tunnels.with(port);
    } catch (IllegalArgumentException e) {
      LOG.debug("no port of a tunnel: {}", e.getMessage());
    }
  }

  private void add(FlowPackets.Listed listed) {
    if (listed.capture() == null) {
      nowhere += listed.positions().length;
    } else {
      positions.computeIfAbsent(listed.capture(), id -> new ArrayList<>()).add(listed.positions());
      section(listed.capture(), listed.section());
    }
  }

  /** A range over more than two captures leaves out those between: nobody knows which they are. */
  private void add(FlowPackets.Range range) {
    CaptureId first = range.firstCapture();
    CaptureId last = range.lastCapture();
    if (first != null) {
      section(first, range.firstSection());
    }
    if (first == null || last == null) {
      nowhere++;
    } else if (first.equals(last)) {
      span(first, range.firstPosition(), range.lastPosition());
    } else {
      hasGap = true;
      span(first, range.firstPosition(), Long.MAX_VALUE);
      span(last, 0, range.lastPosition());
    }
  }

  private void section(CaptureId capture, long start) {
    sections.computeIfAbsent(capture, id -> new TreeSet<>()).add(start);
  }

  private void span(CaptureId capture, long first, long last) {
    spans.computeIfAbsent(capture, id -> new ArrayList<>()).add(new Span(first, last));
  }

  /** What is wanted, capture by capture. */
  List<Part> parts() {
    Set<CaptureId> captures = new LinkedHashSet<>(positions.keySet());
    captures.addAll(spans.keySet());
    List<Part> parts = new ArrayList<>(files);
    for (CaptureId capture : captures) {
      List<Span> stretches = key == null ? List.of() : spans.getOrDefault(capture, List.of());
      parts.add(
          Part.of(
              new WantedCapture(sensor, capture),
              sorted(capture),
              Span.merged(stretches),
              starts(capture)));
    }
    return parts;
  }

  private long[] starts(CaptureId capture) {
    return sections.getOrDefault(capture, new TreeSet<>()).stream().mapToLong(n -> n).toArray();
  }

  private long[] sorted(CaptureId capture) {
    return positions.getOrDefault(capture, List.of()).stream()
        .flatMapToLong(Arrays::stream)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Packets that are listed one by one. */
  long listed() {
    return positions.keySet().stream().mapToLong(capture -> sorted(capture).length).sum() + nowhere;
  }

  /** Packets whose capture the documents do not name. */
  long nowhere() {
    return nowhere;
  }

  /** True when there may be packets in captures that no document names. */
  boolean hasGap() {
    return hasGap;
  }

  /** True when there may be more packets than are listed. */
  boolean hasRanges() {
    return !spans.isEmpty();
  }

  /** The flow's id. */
  String flowId() {
    return flowId;
  }

  /** The flow's addresses and ports; null when no document told them. */
  FlowKey key() {
    return key;
  }

  /** Where its packets' tunnels stood beside the well-known ports. */
  TunnelPorts tunnels() {
    return tunnels;
  }

  /** Whether the flow was there at a packet time, as far as is known of it. */
  boolean lasts(long nanos) {
    return nanos >= startNanos && nanos <= endNanos;
  }

  /** It went on behind what was added, nobody knows for how long. */
  FlowSelection withoutEnd() {
    endNanos = Long.MAX_VALUE;
    return this;
  }

  /** True when the flow has ended and its last segment was added. */
  boolean isFinal() {
    return isFinal;
  }

  /** True when what was added ends before the flow does: it may still have been open. */
  boolean goesOn() {
    return !isFinal && !segments.isEmpty();
  }

  /** Number of the earliest segment that was added; 1 when none was. */
  int firstSegment() {
    return segments.stream().findFirst().orElse(1);
  }

  /** The captures that were named. */
  Set<WantedCapture> captures() {
    return parts().stream().map(Part::capture).filter(Objects::nonNull).collect(Collectors.toSet());
  }
}
