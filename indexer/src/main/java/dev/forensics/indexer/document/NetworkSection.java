package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.IP;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.forward.ForwardedFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "network" of flows and alarms. */
final class NetworkSection {
  static final List<Field> FIELDS =
      List.of(
          Field.ecs("network.type", KEYWORD, "ipv4 or ipv6, of the innermost packet.", "ipv4"),
          Field.ecs(
              "network.transport",
              KEYWORD,
              "Transport by its IANA keyword, lower case; absent for protocols without one.",
              "tcp"),
          Field.ecs("network.iana_number", KEYWORD, "IP protocol number.", "6"),
          Field.ecs(
              "network.protocol",
              KEYWORD,
              "Application protocol, identified in the bytes of either side, never by port.",
              "http"),
          Field.ecs(
              "network.application",
              KEYWORD,
              "Application above the protocol, where its own marks prove it.",
              "telegram"),
          Field.ecs(
              "network.community_id",
              KEYWORD,
              "Community ID v1 (seed 0): joins the flow with other tools' records of it.",
              "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
          Field.ecs(
              "network.direction",
              KEYWORD,
              "Seen from the private address ranges: internal, outbound, inbound or external.",
              "outbound"),
          Field.ecs(
              "network.forwarded_ip",
              IP,
              "The client that a proxy says it speaks for: the first of"
                  + " forensics.forwarded.client_ip.",
              "192.0.2.50"),
          Field.ecs(
                  "network.bytes",
                  LONG,
                  "Bytes on the wire, all layers, both sides: the sum of source.bytes and"
                      + " destination.bytes.",
                  "5120")
              .unit("bytes"),
          Field.ecs("network.packets", LONG, "Packets of both sides.", "14").unit("packets"),
          Field.ecs("network.vlan.id", KEYWORD, "Outer VLAN id of the first packet.", "100"),
          Field.ecs(
              "network.inner.vlan.id", KEYWORD, "Second VLAN id of the first packet.", "200"));

  private static final SerializableString NETWORK = JsonWriter.name("network");
  private static final SerializableString TYPE = JsonWriter.name("type");
  private static final SerializableString IPV4 = JsonWriter.name("ipv4");
  private static final SerializableString IPV6 = JsonWriter.name("ipv6");
  private static final SerializableString TRANSPORT = JsonWriter.name("transport");
  private static final SerializableString IANA_NUMBER = JsonWriter.name("iana_number");
  private static final SerializableString PROTOCOL = JsonWriter.name("protocol");
  private static final SerializableString APPLICATION = JsonWriter.name("application");
  private static final SerializableString COMMUNITY_ID = JsonWriter.name("community_id");
  private static final SerializableString DIRECTION = JsonWriter.name("direction");
  private static final SerializableString FORWARDED_IP = JsonWriter.name("forwarded_ip");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString PACKETS = JsonWriter.name("packets");
  private static final SerializableString VLAN = JsonWriter.name("vlan");
  private static final SerializableString INNER = JsonWriter.name("inner");
  private static final SerializableString ID = JsonWriter.name("id");

  private NetworkSection() {}

  static void write(Flow flow, FlowFacts facts, byte[] communityId, JsonWriter json) {
    json.open(NETWORK);
    json.constant(TYPE, flow.ipVersion == 4 ? IPV4 : IPV6);
    SerializableString transport = Transports.name(flow.protocol);
    if (transport != null) {
      json.constant(TRANSPORT, transport);
    }
    json.numberText(IANA_NUMBER, flow.protocol);
    json.text(PROTOCOL, facts.protocol());
    json.text(APPLICATION, facts.findApplication());
    json.ascii(COMMUNITY_ID, communityId);
    json.constant(DIRECTION, NetworkDirection.of(flow));
    ForwardedFacts forwarded = facts.find(ForwardedFacts.class);
    if (forwarded != null) {
      json.text(FORWARDED_IP, forwarded.first());
    }
    json.number(BYTES, flow.originator.bytes + flow.responder.bytes);
    json.number(PACKETS, flow.originator.packets + flow.responder.packets);
    writeVlans(flow, json);
    json.close();
  }

  private static void writeVlans(Flow flow, JsonWriter json) {
    if (flow.vlanId >= 0) {
      json.open(VLAN);
      json.numberText(ID, flow.vlanId);
      json.close();
    }
    if (flow.innerVlanId >= 0) {
      json.open(INNER);
      json.open(VLAN);
      json.numberText(ID, flow.innerVlanId);
      json.close();
      json.close();
    }
  }
}
