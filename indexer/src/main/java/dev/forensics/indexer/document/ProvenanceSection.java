package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.IP;
import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.forward.ForwardedFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** Who saw the flow and in which capture; names and addresses to pivot on. */
final class ProvenanceSection {
  static final List<Field> FIELDS =
      List.of(
          Field.ecs("observer.name", KEYWORD, "Name of the sensor.", "edge-1")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs("observer.type", KEYWORD, "Kind of the sensor.", "sensor")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.ecs("related.ip", IP, "All addresses of the document.", "192.0.2.10").many(),
          Field.ecs(
                  "related.hosts",
                  KEYWORD,
                  "All host names of the document, at most 32.",
                  "web.telegram.org")
              .many(),
          Field.ecs(
                  "related.user",
                  KEYWORD,
                  "All user names of the document (logins in the clear), at most 32.",
                  "alice")
              .many(),
          Field.ecs(
                  "log.file.path",
                  KEYWORD,
                  "Path of the capture in which the flow ended (alarm: the verdict fell), as it"
                      + " was named when it was read.",
                  "/captures/edge-1/eth0_00007_20261122101500.pcap")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.own(
                  "forensics.capture.id",
                  KEYWORD,
                  "Identity of that capture by content; renaming and compressing do not change it.",
                  "9f86d081884c7d659a2feaa0c55ad015")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.own(
                  "forensics.capture.path",
                  KEYWORD,
                  "Path of that capture (as log.file.path).",
                  "/captures/edge-1/eth0_00007_20261122101500.pcap")
              .in(DocumentKind.FLOW, DocumentKind.ALARM, DocumentKind.CAPTURE),
          Field.own(
              "forensics.attribution.prefix",
              KEYWORD,
              "Registered prefix around the destination.",
              "149.154.160.0/20"),
          Field.own(
              "forensics.attribution.source",
              KEYWORD,
              "List that the prefix stands in.",
              "core.telegram.org/resources/cidr.txt"),
          Field.own("forensics.attribution.as_of", KEYWORD, "Date of that list.", "2026-06-01"),
          Field.own(
              "forensics.pcap_url",
              KEYWORD,
              "Link to the packets of the document, as a pcapng.",
              "http://localhost:9280/pcap/5d1f0f3b6c0e4f0a9a3f5b8f2f7f6e21"));

  static final SerializableString OBSERVER = JsonWriter.name("observer");
  static final SerializableString NAME = JsonWriter.name("name");
  static final SerializableString TYPE = JsonWriter.name("type");
  static final SerializableString LOG = JsonWriter.name("log");
  static final SerializableString FILE = JsonWriter.name("file");
  static final SerializableString PATH = JsonWriter.name("path");
  static final SerializableString CAPTURE = JsonWriter.name("capture");
  static final SerializableString ID = JsonWriter.name("id");
  private static final SerializableString RELATED = JsonWriter.name("related");
  private static final SerializableString ADDRESSES = JsonWriter.name("ip");
  private static final SerializableString HOSTS = JsonWriter.name("hosts");
  private static final SerializableString USERS = JsonWriter.name("user");
  private static final SerializableString ATTRIBUTION = JsonWriter.name("attribution");
  private static final SerializableString PREFIX = JsonWriter.name("prefix");
  private static final SerializableString SOURCE = JsonWriter.name("source");
  private static final SerializableString AS_OF = JsonWriter.name("as_of");
  private static final SerializableString PCAP_URL = JsonWriter.name("pcap_url");

  private ProvenanceSection() {}

  static void writeRoot(
      Flow flow, FlowFacts facts, DocumentContext context, HostNames hosts, JsonWriter json) {
    writeObserver(context.sensor(), context.observerType(), json);
    json.open(RELATED);
    json.openList(ADDRESSES);
    json.address(flow.ipVersion, flow.originatorHigh, flow.originatorLow);
    if (flow.originatorHigh != flow.responderHigh || flow.originatorLow != flow.responderLow) {
      json.address(flow.ipVersion, flow.responderHigh, flow.responderLow);
    }
    ForwardedFacts forwarded = facts.find(ForwardedFacts.class);
    if (forwarded != null) {
      forwarded.addresses.values().forEach(json::text);
    }
    json.closeList();
    json.texts(HOSTS, hosts.hosts());
    json.texts(USERS, hosts.users());
    json.close();
    writeLog(context.captures().path(flow.lastCaptureIndex), json);
  }

  static void writeObserver(String name, String type, JsonWriter json) {
    json.open(OBSERVER);
    json.text(NAME, name);
    json.text(TYPE, type);
    json.close();
  }

  static void writeLog(String path, JsonWriter json) {
    if (path != null) {
      json.open(LOG);
      json.open(FILE);
      json.exact(PATH, path);
      json.close();
      json.close();
    }
  }

  static void writeForensics(
      Flow flow, DocumentContext context, Registration destination, String id, JsonWriter json) {
    CaptureId capture = context.captures().id(flow.lastCaptureIndex);
    json.open(CAPTURE);
    if (capture != null) {
      json.text(ID, capture.value());
    }
    json.exact(PATH, context.captures().path(flow.lastCaptureIndex));
    json.close();
    if (destination != null) {
      json.open(ATTRIBUTION);
      json.text(PREFIX, destination.prefix());
      json.text(SOURCE, destination.source());
      json.text(AS_OF, destination.asOf());
      json.close();
    }
    if (context.pcapBaseUrl() != null) {
      json.exact(PCAP_URL, context.pcapBaseUrl() + "/pcap/" + id);
    }
  }
}
