package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.AlarmDocuments;
import dev.forensics.indexer.document.DocumentContext;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.document.FlowDocuments;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.index.DocumentSink;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Writes one worker's findings as documents and gives them to the sink. */
final class Findings implements FindingSink {
  private final SensorCaptures captures;
  private final FlowDocuments flows;
  private final AlarmDocuments alarms;
  private final DocumentSink sink;
  private final BooleanSupplier known;

  /**
   * @param firstAlarms shared by the sensor's workers
   * @param known true while what is found was written before
   */
  Findings(
      SensorCaptures captures,
      DocumentContext context,
      FirstAlarms firstAlarms,
      DocumentSink sink,
      BooleanSupplier known) {
    this.captures = captures;
    this.flows = new FlowDocuments(context);
    this.alarms = new AlarmDocuments(context, firstAlarms);
    this.sink = sink;
    this.known = known;
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
    if (known.getAsBoolean()) {
      return;
    }
    captures.get(flow.lastCaptureIndex).alarmWritten();
    send(alarms.write(flow, facts, verdict));
  }

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    if (known.getAsBoolean()) {
      return;
    }
    captures.get(flow.lastCaptureIndex).flowWritten();
    send(flows.write(flow, facts, verdicts));
  }

  private void send(EcsDocument document) {
    try {
      sink.accept(document);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while documents were sent", e);
    } catch (IOException e) {
      throw new PipelineException(e.getMessage(), e);
    }
  }
}
