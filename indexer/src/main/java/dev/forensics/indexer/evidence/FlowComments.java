package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.FlowPackets;

/** The words by which packets say what they belong to. */
final class FlowComments {
  private FlowComments() {}

  /** Of an alarm's document: its id, rule and reason, and its flow. */
  static String of(FlowPackets packets) {
    if (packets.rule() == null) {
      return "flow " + packets.documentId();
    }
    return alarm(packets.documentId(), packets.rule(), packets.reason(), packets.flowId());
  }

  /** Of an alarm of which only the flow's document is at hand. */
  static String ofRule(String alarmId, String rule, String flowId) {
    return alarm(alarmId, rule, null, flowId);
  }

  private static String alarm(String alarmId, String rule, String reason, String flowId) {
    String sentence = reason == null ? "" : ": " + reason.replaceAll("\\p{Cntrl}", " ");
    return "alarm " + alarmId + ", rule " + rule + sentence + "\nflow " + flowId;
  }
}
