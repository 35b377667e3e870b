package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.login.Redaction;
import dev.forensics.indexer.document.json.EnumText;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.ConnectionState;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;
import java.util.List;

/** What ECS has no place for: "flow", "quality", "payload", "icmp" of "forensics". */
final class ForensicsSection {
  static final List<Field> FIELDS =
      List.of(
          Field.own(
              "forensics.flow.id",
              KEYWORD,
              "Id of the whole flow: equal in all its segments and alarms.",
              "5d1f0f3b6c0e4f0a9a3f5b8f2f7f6e21"),
          Field.own(
              "forensics.flow.start",
              DATE,
              "Packet time of the whole flow's first packet.",
              "2026-11-22T10:15:30.123456789Z"),
          Field.own(
              "forensics.flow.state",
              KEYWORD,
              "Summary of the connection in Zeek's terms: S0 no reply, S1 established, SF closed"
                  + " normally, REJ rejected, RSTO and RSTR reset by originator and responder, S2"
                  + " and S3 half closed, RSTOS0, RSTRH, SH, SHR, OTH no SYN seen.",
              "SF"),
          Field.own(
              "forensics.flow.end_reason",
              KEYWORD,
              "Why the segment ended: fin, rst, idle, active (cut, goes on in the next segment),"
                  + " evicted, reused, end_of_input. Absent in alarms raised while it was open.",
              "fin"),
          Field.own(
              "forensics.flow.history",
              KEYWORD,
              "One letter an event in Zeek's way, upper case by the originator, lower case by the"
                  + " responder: S SYN, H SYN-ACK, A ACK, D data, F FIN, R RST, G gap, T"
                  + " retransmission, W zero window, I inconsistent, Q multi-flag, ^ flipped.",
              "ShADadFf"),
          Field.own(
              "forensics.flow.segment", LONG, "Number of this segment of the flow, from 1.", "1"),
          Field.own("forensics.flow.final", BOOLEAN, "False when another segment follows.", "true"),
          Field.own(
              "forensics.flow.client_protocol",
              KEYWORD,
              "Protocol identified in the bytes of the client alone.",
              "http"),
          Field.own(
              "forensics.flow.server_protocol",
              KEYWORD,
              "Protocol identified in the bytes of the server alone.",
              "http"),
          Field.own(
              "forensics.quality.midstream",
              BOOLEAN,
              "The flow's beginning was not seen (TCP without SYN).",
              "false"),
          Field.own(
              "forensics.quality.one_sided",
              BOOLEAN,
              "Only one side's packets were captured.",
              "false"),
          Field.own(
                  "forensics.quality.gap_bytes",
                  LONG,
                  "Payload bytes that are not in the capture: lost, cut by the snapshot length, or of"
                      + " a direction that was not captured; by the sequence and acknowledgment"
                      + " numbers of both sides.",
                  "0")
              .unit("bytes"),
          Field.own(
              "forensics.quality.snaplen_truncated",
              BOOLEAN,
              "A packet was stored shorter than it was on the wire: cut by the capture, or by the"
                  + " mirror or broker that copied it.",
              "false"),
          Field.own(
                  "forensics.quality.out_of_order",
                  LONG,
                  "TCP segments that came before an earlier one.",
                  "0")
              .unit("packets"),
          Field.own(
                  "forensics.quality.retransmitted_bytes",
                  LONG,
                  "Payload bytes that were sent again.",
                  "0")
              .unit("bytes"),
          Field.own(
                  "forensics.quality.conflicting_bytes",
                  LONG,
                  "TCP payload bytes that came again with other content for the same sequence"
                      + " numbers, as far as the first version is still kept: at least so many."
                      + " Kept are the last 4 KB of a direction up to its first 64 KB, then the"
                      + " first 64 bytes of its last segment; of a direction that is encrypted or"
                      + " unknown these alone, up to its first 4 KB; and the first 256 bytes of"
                      + " its latest turn to speak. Absent when none was seen.",
                  "40")
              .unit("bytes"),
          Field.own(
                  "forensics.quality.ignored_resets",
                  LONG,
                  "TCP resets that ended nothing: their sequence number lay outside the window, or"
                      + " the connection went on behind them, as it does where somebody else sent"
                      + " them. Absent when none was seen.",
                  "1")
              .unit("packets"),
          Field.own(
                  "forensics.quality.duplicates",
                  LONG,
                  "Packets recognized as mirrored copies, not counted elsewhere.",
                  "0")
              .unit("packets"),
          Field.own(
                  "forensics.payload.client.bytes",
                  LONG,
                  "Transport payload sent by the client, retransmissions included.",
                  "412")
              .unit("bytes"),
          Field.own(
                  "forensics.payload.server.bytes",
                  LONG,
                  "Transport payload sent by the server, retransmissions included.",
                  "1024")
              .unit("bytes"),
          Field.own("forensics.icmp.type", LONG, "ICMP type of the first packet.", "8"),
          Field.own(
              "forensics.icmp.code",
              LONG,
              "ICMP code of the first packet; absent for types that have an answer.",
              "3"));

  private static final SerializableString FLOW = JsonWriter.name("flow");
  private static final SerializableString ID = JsonWriter.name("id");
  private static final SerializableString START = JsonWriter.name("start");
  private static final SerializableString STATE = JsonWriter.name("state");
  private static final SerializableString END_REASON = JsonWriter.name("end_reason");
  private static final SerializableString HISTORY = JsonWriter.name("history");
  private static final SerializableString SEGMENT = JsonWriter.name("segment");
  private static final SerializableString FINAL = JsonWriter.name("final");
  private static final SerializableString CLIENT_PROTOCOL = JsonWriter.name("client_protocol");
  private static final SerializableString SERVER_PROTOCOL = JsonWriter.name("server_protocol");
  private static final SerializableString QUALITY = JsonWriter.name("quality");
  private static final SerializableString MIDSTREAM = JsonWriter.name("midstream");
  private static final SerializableString ONE_SIDED = JsonWriter.name("one_sided");
  private static final SerializableString GAP_BYTES = JsonWriter.name("gap_bytes");
  private static final SerializableString SNAPLEN = JsonWriter.name("snaplen_truncated");
  private static final SerializableString OUT_OF_ORDER = JsonWriter.name("out_of_order");
  private static final SerializableString RETRANSMITTED = JsonWriter.name("retransmitted_bytes");
  private static final SerializableString CONFLICTING = JsonWriter.name("conflicting_bytes");
  private static final SerializableString IGNORED_RESETS = JsonWriter.name("ignored_resets");
  private static final SerializableString DUPLICATES = JsonWriter.name("duplicates");
  private static final SerializableString PAYLOAD = JsonWriter.name("payload");
  private static final SerializableString CLIENT = JsonWriter.name("client");
  private static final SerializableString SERVER = JsonWriter.name("server");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString TYPE = JsonWriter.name("type");
  private static final SerializableString ICMP = JsonWriter.name("icmp");
  private static final SerializableString CODE = JsonWriter.name("code");
  private static final EnumText<ConnectionState> STATES = EnumText.asIs(ConnectionState.class);
  private static final EnumText<EndReason> END_REASONS = EnumText.lowerCase(EndReason.class);

  private ForensicsSection() {}

  static void write(
      Flow flow, FlowFacts facts, String flowId, PayloadSettings payload, JsonWriter json) {
    writeFlow(flow, facts, flowId, json);
    writeQuality(flow, json);
    writePayload(flow, facts, payload, json);
    TunnelSection.write(flow, facts, json);
    if (Transports.isIcmp(flow.protocol)) {
      writeIcmp(flow, json);
    }
  }

  private static void writeFlow(Flow flow, FlowFacts facts, String flowId, JsonWriter json) {
    boolean forward = flow.opener == Direction.ORIGINATOR;
    json.open(FLOW);
    json.text(ID, flowId);
    json.time(START, flow.flowStartNanos);
    json.constant(STATE, STATES.of(flow.connectionState));
    if (flow.endReason != null) {
      json.constant(END_REASON, END_REASONS.of(flow.endReason));
    }
    String history = flow.history();
    if (!history.isEmpty()) {
      json.text(HISTORY, history);
    }
    json.number(SEGMENT, flow.segment);
    if (flow.endReason != null) {
      json.flag(FINAL, flow.endReason != EndReason.ACTIVE);
    }
    json.text(CLIENT_PROTOCOL, forward ? facts.originatorProtocol : facts.responderProtocol);
    json.text(SERVER_PROTOCOL, forward ? facts.responderProtocol : facts.originatorProtocol);
    json.close();
  }

  private static void writeQuality(Flow flow, JsonWriter json) {
    FlowSide one = flow.originator;
    FlowSide other = flow.responder;
    json.open(QUALITY);
    json.flag(MIDSTREAM, flow.midstream);
    json.flag(ONE_SIDED, one.packets == 0 || other.packets == 0);
    json.number(
        GAP_BYTES,
        flow.uncapturedBytes(Direction.ORIGINATOR) + flow.uncapturedBytes(Direction.RESPONDER));
    json.flag(SNAPLEN, one.snaplenTruncated() || other.snaplenTruncated());
    json.number(OUT_OF_ORDER, (long) one.outOfOrder() + other.outOfOrder());
    json.number(RETRANSMITTED, one.retransmittedBytes() + other.retransmittedBytes());
    long conflicting = one.conflictingBytes() + other.conflictingBytes();
    if (conflicting > 0) {
      json.number(CONFLICTING, conflicting);
    }
    if (flow.ignoredResets() > 0) {
      json.number(IGNORED_RESETS, flow.ignoredResets());
    }
    json.number(DUPLICATES, flow.duplicates);
    json.close();
  }

  private static void writePayload(
      Flow flow, FlowFacts facts, PayloadSettings settings, JsonWriter json) {
    json.open(PAYLOAD);
    writeSide(CLIENT, flow, facts, flow.opener, settings, json);
    writeSide(SERVER, flow, facts, flow.opener.reverse(), settings, json);
    json.close();
  }

  private static void writeSide(
      SerializableString name,
      Flow flow,
      FlowFacts facts,
      Direction by,
      PayloadSettings settings,
      JsonWriter json) {
    boolean forward = by == Direction.ORIGINATOR;
    UnknownBytes unknown = forward ? facts.originatorUnknown : facts.responderUnknown;
    FlowSide side = flow.side(by);
    json.open(name);
    json.number(BYTES, side.payloadBytes);
    if (unknown != null && unknown.lengthBytes() > 0) {
      byte[] first = side.firstPayload == null ? new byte[0] : side.firstPayload;
      WireBytes.write(first, unknown, FlowSide.FIRST_PAYLOAD_LIMIT, settings, json);
    }
    if (settings.full()) {
      String own = forward ? facts.originatorProtocol : facts.responderProtocol;
      String others = forward ? facts.responderProtocol : facts.originatorProtocol;
      byte[] shown = Redaction.payload(side.firstPayload, own, others, by == flow.opener);
      WireBytes.writeFull(shown, FlowSide.FIRST_PAYLOAD_LIMIT, json);
    }
    json.close();
  }

  private static void writeIcmp(Flow flow, JsonWriter json) {
    json.open(ICMP);
    json.number(TYPE, flow.originatorPort);
    if (flow.oneWay) {
      json.number(CODE, flow.responderPort);
    }
    json.close();
  }
}
