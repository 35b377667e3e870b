package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.AlarmDocuments;
import dev.forensics.indexer.document.DocumentContext;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.document.FlowDocuments;
import dev.forensics.indexer.enrich.Names;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowNames;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.index.DocumentSink;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Writes one worker's findings as documents and gives them to the sink. */
final class Findings implements WorkerFindings {
  private final Shared shared;
  private final FlowDocuments flows;
  private final AlarmDocuments alarms;
  private FlowTable table;

  Findings(Shared shared) {
    this.shared = shared;
    this.flows = new FlowDocuments(shared.context);
    this.alarms = new AlarmDocuments(shared.context, shared.firstAlarms);
  }

  /** What the workers of a sensor have in common. */
  static final class Shared implements WorkersProgress {
    private final SensorCaptures captures;
    private final DocumentContext context;
    private final Names names;
    private final FirstAlarms firstAlarms;
    private final HeldFindings held;
    private final BooleanSupplier known;

    /**
     * @param names are asked when a flow begins
     * @param known true while what is found was written before
     * @param heldBytes of findings that wait in memory at most
     */
    Shared(
        SensorCaptures captures,
        DocumentContext context,
        Names names,
        FirstAlarms firstAlarms,
        DocumentSink sink,
        BooleanSupplier known,
        long heldBytes) {
      this.captures = captures;
      this.context = context;
      this.names = names;
      this.firstAlarms = firstAlarms;
      this.held = new HeldFindings(firstAlarms, sink, heldBytes);
      this.known = known;
    }

    /** Texts that wait in memory, in bytes. */
    long heldBytes() {
      return held.heldBytes();
    }

    @Override
    public void passed(DecodedPacket last, long momentNanos) {
      names.settled(last.ordinal);
      held.sendBefore(momentNanos);
    }

    @Override
    public void settled() {
      held.sendAll();
    }
  }

  @Override
  public void of(FlowTable worker) {
    table = worker;
  }

  @Override
  public void started(Flow flow, DecodedPacket first) {
    if (shared.names.isEmpty()) {
      return;
    }
    Names.Address originator =
        new Names.Address(flow.ipVersion, flow.originatorHigh, flow.originatorLow);
    Names.Address responder =
        new Names.Address(flow.ipVersion, flow.responderHigh, flow.responderLow);
    String from = shared.names.lookup(originator, responder, first.ordinal);
    String to = shared.names.lookup(responder, originator, first.ordinal);
    if (from != null || to != null) {
      flow.names = new FlowNames(from, to);
    }
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
    if (shared.known.getAsBoolean()) {
      return;
    }
    shared.captures.get(flow.lastCaptureIndex).alarmWritten();
    shared.held.alarm(table.momentNanos(), alarms.draft(flow, facts, verdict));
  }

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    if (shared.known.getAsBoolean()) {
      return;
    }
    shared.captures.get(flow.lastCaptureIndex).flowWritten();
    EcsDocument document = flows.write(flow, facts, verdicts);
    if (verdicts.isEmpty()) {
      shared.held.send(document);
    } else {
      shared.held.flow(table.momentNanos(), document);
    }
  }
}
