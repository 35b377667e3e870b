package dev.forensics.indexer.detect;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.Flow;

/** Takes what the detect room finds, on the worker's thread. */
public interface FindingSink {
  /** A flow began with this packet. */
  default void started(Flow flow, DecodedPacket first) {}

  /** A rule's verdict about a flow, raised once a flow and rule, as soon as it is known. */
  void verdict(Flow flow, FlowFacts facts, Verdict verdict);

  /** A flow (or a segment of it) ended, all its verdicts raised. */
  void flow(Flow flow, FlowFacts facts, java.util.List<Verdict> verdicts);
}
