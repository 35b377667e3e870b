package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;

/**
 * Writes alarm documents: one a flow and rule, with what is known of the flow when the verdict
 * falls. "@timestamp" is the packet time of the verdict, event.start that of the flow's segment.
 * One a worker; not thread-safe.
 */
public final class AlarmDocuments {
  private static final SerializableString FORENSICS = JsonWriter.name("forensics");

  private final FlowBody body;
  private final JsonWriter json;
  private final FirstAlarms firstAlarms;

  /**
   * A writer for one worker of a sensor.
   *
   * @param firstAlarms shared by the sensor's workers
   */
  public AlarmDocuments(DocumentContext context, FirstAlarms firstAlarms) {
    this(context, firstAlarms, new JsonWriter());
  }

  AlarmDocuments(DocumentContext context, FirstAlarms firstAlarms, JsonWriter json) {
    this.json = json;
    this.firstAlarms = firstAlarms;
    body = new FlowBody(context, json);
  }

  /** Writes a verdict about a flow. */
  public EcsDocument write(Flow flow, FlowFacts facts, Verdict verdict) {
    return draft(flow, facts, verdict).finish(firstAlarms);
  }

  /** Writes a verdict about a flow, without asking whether it is the first. */
  public AlarmDraft draft(Flow flow, FlowFacts facts, Verdict verdict) {
    String flowId = body.ids.flow(flow);
    String id = body.ids.alarm(flowId, verdict.rule().id());
    json.begin();
    EventSection.writeAlarm(flow, verdict, id, body.nowNanos(), json);
    AlarmSection.writeRoot(verdict, json);
    body.writeRoot(flow, facts);
    json.open(FORENSICS);
    int flagEnd = AlarmSection.writeForensics(verdict, json);
    body.writeForensics(flow, facts, flowId, id);
    json.close();
    Endpoint to = body.destination;
    FirstAlarms.Pair pair =
        new FirstAlarms.Pair(
            verdict.rule().id(),
            flow.ipVersion,
            to.high,
            to.low,
            to.port,
            TunnelSection.target(facts));
    return new AlarmDraft(id, verdict.timestampNanos(), pair, json.end(), flagEnd);
  }
}
