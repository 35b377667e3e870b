package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.FLOAT;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.ConnectionState;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "@timestamp", "ecs" and "event" of flows and alarms. */
final class EventSection {
  static final List<Field> FIELDS =
      List.of(
          Field.ecs(
                  "@timestamp",
                  DATE,
                  "Packet time of the document. Flow: its first packet (as event.start). Alarm: the"
                      + " packet with which the verdict became known. Capture: when its entry was"
                      + " last written.",
                  "2026-11-22T10:15:30.123456789Z")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs("ecs.version", KEYWORD, "Version of the schema that is followed.", "8.17.0")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.kind",
                  KEYWORD,
                  "event for a flow, alert for an alarm, state for a capture.",
                  "event")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.category",
                  KEYWORD,
                  "network; for alarms intrusion_detection too; file for captures.",
                  "network")
              .many()
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.type",
                  KEYWORD,
                  "Flow: connection, with end when no further segment follows, protocol when one"
                      + " was identified, denied when the attempt was rejected. Alarm: info.",
                  "connection")
              .many()
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
              "event.action",
              KEYWORD,
              "network_flow for a flow, the rule's id for an alarm.",
              "network_flow"),
          Field.ecs(
                  "event.dataset",
                  KEYWORD,
                  "Which documents these are: forensics.flow, forensics.alarm or"
                      + " forensics.capture.",
                  "forensics.flow")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs("event.module", KEYWORD, "Always forensics.", "forensics")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
              "event.id",
              KEYWORD,
              "Id of the document, the same as _id: made from the packets, so reading them again"
                  + " gives the same one.",
              "5d1f0f3b6c0e4f0a9a3f5b8f2f7f6e21"),
          Field.ecs(
                  "event.start",
                  DATE,
                  "Packet time of the first packet of the flow's segment, or of the capture.",
                  "2026-11-22T10:15:30.123456789Z")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.end",
                  DATE,
                  "Packet time of the last packet; in an alarm, of the last one until the verdict.",
                  "2026-11-22T10:15:31.000000000Z")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs("event.duration", LONG, "From event.start to event.end.", "876543211")
              .unit("ns"),
          Field.ecs(
                  "event.created",
                  DATE,
                  "Wall-clock time at which the packets were read and the document was made;"
                      + " capture: when it was first seen.",
                  "2026-11-22T10:15:32.001000000Z")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.ingested",
                  DATE,
                  "Wall-clock time at which the document was handed over for indexing.",
                  "2026-11-22T10:15:32.001000000Z")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs(
                  "event.severity",
                  LONG,
                  "How much the verdict matters: 10 informational, 21 low, 47 medium, 73 high, 99"
                      + " critical.",
                  "73")
              .in(DocumentKind.ALARM),
          Field.ecs("event.risk_score", FLOAT, "Risk of the verdict, 0 to 100.", "73.0")
              .in(DocumentKind.ALARM),
          Field.ecs(
                  "event.reason",
                  KEYWORD,
                  "One sentence that says why the alarm was raised.",
                  "Plaintext HTTP POST / to port 443, answered in plaintext with 200")
              .in(DocumentKind.ALARM));

  static final SerializableString EVENT = JsonWriter.name("event");
  static final SerializableString TIMESTAMP = JsonWriter.name("@timestamp");
  static final SerializableString KIND = JsonWriter.name("kind");
  static final SerializableString CATEGORY = JsonWriter.name("category");
  static final SerializableString TYPE = JsonWriter.name("type");
  static final SerializableString DATASET = JsonWriter.name("dataset");
  static final SerializableString MODULE = JsonWriter.name("module");
  static final SerializableString FORENSICS = JsonWriter.name("forensics");
  static final SerializableString ID = JsonWriter.name("id");
  static final SerializableString START = JsonWriter.name("start");
  static final SerializableString END = JsonWriter.name("end");
  static final SerializableString CREATED = JsonWriter.name("created");
  static final SerializableString INGESTED = JsonWriter.name("ingested");

  private static final SerializableString ECS = JsonWriter.name("ecs");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString ECS_VERSION = JsonWriter.name("8.17.0");
  private static final SerializableString ACTION = JsonWriter.name("action");
  private static final SerializableString DURATION = JsonWriter.name("duration");
  private static final SerializableString SEVERITY = JsonWriter.name("severity");
  private static final SerializableString RISK_SCORE = JsonWriter.name("risk_score");
  private static final SerializableString REASON = JsonWriter.name("reason");
  private static final SerializableString EVENT_KIND = JsonWriter.name("event");
  private static final SerializableString ALERT_KIND = JsonWriter.name("alert");
  private static final SerializableString FLOW_DATASET = JsonWriter.name("forensics.flow");
  private static final SerializableString ALARM_DATASET = JsonWriter.name("forensics.alarm");
  private static final SerializableString NETWORK_FLOW = JsonWriter.name("network_flow");
  private static final SerializableString NETWORK = JsonWriter.name("network");
  private static final SerializableString CONNECTION = JsonWriter.name("connection");
  private static final SerializableString PROTOCOL = JsonWriter.name("protocol");
  private static final SerializableString DENIED = JsonWriter.name("denied");
  private static final List<SerializableString> FLOW_CATEGORY = List.of(NETWORK);
  private static final List<SerializableString> ALARM_CATEGORY =
      List.of(NETWORK, JsonWriter.name("intrusion_detection"));
  private static final List<SerializableString> ALARM_TYPE = List.of(JsonWriter.name("info"));

  /** Types of a flow by bits: 1 final, 2 protocol known, 4 rejected. */
  private static final List<List<SerializableString>> FLOW_TYPES =
      List.of(
          List.of(CONNECTION),
          List.of(CONNECTION, END),
          List.of(CONNECTION, PROTOCOL),
          List.of(CONNECTION, END, PROTOCOL),
          List.of(CONNECTION, DENIED),
          List.of(CONNECTION, END, DENIED),
          List.of(CONNECTION, PROTOCOL, DENIED),
          List.of(CONNECTION, END, PROTOCOL, DENIED));

  private EventSection() {}

  static void writeFlow(Flow flow, FlowFacts facts, String id, long nowNanos, JsonWriter json) {
    json.time(TIMESTAMP, flow.startNanos);
    writeEcs(json);
    json.open(EVENT);
    json.constant(KIND, EVENT_KIND);
    json.constants(CATEGORY, FLOW_CATEGORY);
    json.constants(TYPE, FLOW_TYPES.get(flowType(flow, facts)));
    json.constant(ACTION, NETWORK_FLOW);
    json.constant(DATASET, FLOW_DATASET);
    writeCommon(flow, id, nowNanos, json);
    json.close();
  }

  static void writeAlarm(Flow flow, Verdict verdict, String id, long nowNanos, JsonWriter json) {
    json.time(TIMESTAMP, verdict.timestampNanos());
    writeEcs(json);
    json.open(EVENT);
    json.constant(KIND, ALERT_KIND);
    json.constants(CATEGORY, ALARM_CATEGORY);
    json.constants(TYPE, ALARM_TYPE);
    json.text(ACTION, verdict.rule().id());
    json.constant(DATASET, ALARM_DATASET);
    writeCommon(flow, id, nowNanos, json);
    json.number(SEVERITY, verdict.severity().number());
    json.number(RISK_SCORE, verdict.riskScore());
    json.text(REASON, verdict.reason());
    json.close();
  }

  static void writeEcs(JsonWriter json) {
    json.open(ECS);
    json.constant(VERSION, ECS_VERSION);
    json.close();
  }

  private static void writeCommon(Flow flow, String id, long nowNanos, JsonWriter json) {
    json.constant(MODULE, FORENSICS);
    json.text(ID, id);
    json.time(START, flow.startNanos);
    json.time(END, flow.endNanos);
    json.number(DURATION, flow.endNanos - flow.startNanos);
    json.time(CREATED, nowNanos);
    json.time(INGESTED, nowNanos);
  }

  private static int flowType(Flow flow, FlowFacts facts) {
    return (flow.endReason == EndReason.ACTIVE ? 0 : 1)
        | (facts.protocol() == null ? 0 : 2)
        | (flow.connectionState == ConnectionState.REJ ? 4 : 0);
  }
}
