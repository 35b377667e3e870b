package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.FlowPackets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A flow whose packets are to be stored: its alarms, and where its packets stand. */
final class PendingFlow {
  private final String flowId;
  private final Map<String, String> comments = new LinkedHashMap<>();
  private final List<FlowPackets> documents = new ArrayList<>();
  private long positions;

  PendingFlow(String flowId) {
    this.flowId = flowId;
  }

  String flowId() {
    return flowId;
  }

  /** Adds an alarm with the comment of its file; an alarm of which more is known stays as it is. */
  void alarm(String alarmId, String comment) {
    comments.merge(alarmId, comment, (one, other) -> one.length() >= other.length() ? one : other);
  }

  void document(FlowPackets packets) {
    documents.add(packets);
    positions += positions(packets);
  }

  /** Takes over what came for the same flow later. */
  void merge(PendingFlow later) {
    later.comments.forEach(this::alarm);
    later.documents.forEach(this::document);
  }

  /** Comments by alarm id. */
  Map<String, String> comments() {
    return comments;
  }

  List<FlowPackets> documents() {
    return documents;
  }

  /** Positions held, for the bound on memory. */
  long positions() {
    return positions;
  }

  long startNanos() {
    return documents.stream().mapToLong(FlowPackets::startNanos).min().orElse(0);
  }

  static long positions(FlowPackets packets) {
    return packets.captures().stream().mapToLong(listed -> listed.positions().length).sum();
  }
}
