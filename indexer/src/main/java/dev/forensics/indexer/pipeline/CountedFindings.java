package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** Counts findings and writes nothing, for runs without output. */
final class CountedFindings implements WorkerFindings {
  private final SensorCaptures captures;

  CountedFindings(SensorCaptures captures) {
    this.captures = captures;
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
    captures.get(flow.lastCaptureIndex).alarmWritten();
  }

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    captures.get(flow.lastCaptureIndex).flowWritten();
  }
}
