package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.decode.Tunnel;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.TunnelFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.EnumText;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "tunnel" of "forensics": what is around the flow's packets, and what is within its stream. */
final class TunnelSection {
  static final List<Field> FIELDS =
      List.of(
          Field.own(
              "forensics.tunnel.type",
              KEYWORD,
              "Innermost tunnel around the flow's first packet.",
              "vxlan"),
          Field.own(
              "forensics.tunnel.id",
              LONG,
              "The tunnel's own number: VNI, TEID, GRE key, session id.",
              "4096"),
          Field.own(
              "forensics.tunnel.port",
              KEYWORD,
              "Tunnel found on a port of one's own (tunnel_ports), and that port. Absent otherwise.",
              "vxlan/14789"),
          Field.own(
                  "forensics.tunnel.carriers",
                  KEYWORD,
                  "What carries a stream within the flow's, outermost first: http-connect, socks4,"
                      + " socks5, websocket. With it, fields of protocols other than these (and of"
                      + " http within http) are of the innermost stream.",
                  "http-connect")
              .many(),
          Field.own(
              "forensics.tunnel.protocol",
              KEYWORD,
              "Protocol identified in the innermost stream.",
              "tls"),
          Field.own(
              "forensics.tunnel.target_host",
              KEYWORD,
              "Host that the innermost proxy was asked for: the destination that counts;"
                  + " destination.ip is the proxy.",
              "inner.example.net"),
          Field.own("forensics.tunnel.target_port", LONG, "Port of that host.", "443"),
          Field.own(
              "forensics.tunnel.granted",
              BOOLEAN,
              "Every carrier was seen to open its tunnel; false where an answer is not in the"
                  + " capture. What was refused is no tunnel.",
              "true"));

  private static final SerializableString TUNNEL = JsonWriter.name("tunnel");
  private static final SerializableString TYPE = JsonWriter.name("type");
  private static final SerializableString ID = JsonWriter.name("id");
  private static final SerializableString PORT = JsonWriter.name("port");
  private static final SerializableString CARRIERS = JsonWriter.name("carriers");
  private static final SerializableString PROTOCOL = JsonWriter.name("protocol");
  private static final SerializableString TARGET_HOST = JsonWriter.name("target_host");
  private static final SerializableString TARGET_PORT = JsonWriter.name("target_port");
  private static final SerializableString GRANTED = JsonWriter.name("granted");
  private static final EnumText<Tunnel> TUNNELS = EnumText.lowerCase(Tunnel.class);

  private TunnelSection() {}

  static void write(Flow flow, FlowFacts facts, JsonWriter json) {
    if (flow.tunnel == Tunnel.NONE && facts.tunnel == null) {
      return;
    }
    json.open(TUNNEL);
    if (flow.tunnel != Tunnel.NONE) {
      json.constant(TYPE, TUNNELS.of(flow.tunnel));
      if (flow.tunnelId >= 0) {
        json.number(ID, flow.tunnelId);
      }
      if (flow.tunnelPort != 0) {
        json.text(PORT, TunnelPorts.text(flow.tunnelPort));
      }
    }
    if (facts.tunnel != null) {
      writeWithin(facts, json);
    }
    json.close();
  }

  /** What the innermost proxy was asked for, to remember it by; null when there is none. */
  static String target(FlowFacts facts) {
    TunnelFacts target = facts.innermost().target();
    return target == null
        ? null
        : FirstAlarms.target(Masks.host(target.targetHost()), target.targetPort());
  }

  private static void writeWithin(FlowFacts facts, JsonWriter json) {
    boolean granted = true;
    FlowFacts level = facts;
    json.openList(CARRIERS);
    while (level.tunnel != null) {
      json.text(level.tunnel.carrier());
      granted &= level.tunnel.granted();
      level = level.tunnel.inner();
    }
    json.closeList();
    json.text(PROTOCOL, level.protocol());
    TunnelFacts target = level.target();
    if (target != null && target.targetPort() > 0) {
      json.text(TARGET_HOST, Masks.host(target.targetHost()));
      json.number(TARGET_PORT, target.targetPort());
    }
    json.flag(GRANTED, granted);
  }
}
