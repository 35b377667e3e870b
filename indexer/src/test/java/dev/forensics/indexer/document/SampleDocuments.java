package dev.forensics.indexer.document;

import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.RecordMark;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.enrich.Place;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The golden documents: each kind, and together every field. */
final class SampleDocuments {
  static final CaptureId CAPTURE = new CaptureId("9f86d081884c7d659a2feaa0c55ad015");
  static final Instant NOW = Instant.parse("2026-11-22T10:16:00.001Z");

  private static final Registration REGISTRATION =
      new Registration(
          "149.154.160.0/20",
          "Telegram",
          62041,
          "telegram",
          "core.telegram.org/resources/cidr.txt",
          "2026-06-01");
  private static final Place PLACE =
      new Place(
          64_496, "Example Network", "GB", "United Kingdom", "England", "London", 51.5, -0.125);
  private static final long TELEGRAM_PREFIX = 0x959a_a000L;

  private SampleDocuments() {}

  /** All golden documents by name, in order. */
  static Map<String, EcsDocument> all() {
    FlowDocuments flows = new FlowDocuments(context(), new JsonWriter(true));
    AlarmDocuments alarms = new AlarmDocuments(context(), new FirstAlarms(), new JsonWriter(true));
    Map<String, EcsDocument> documents = new LinkedHashMap<>();
    documents.put("flow-telegram", flow(flows, SampleFlows.http(), SampleFacts.telegram()));
    documents.put("flow-web", flow(flows, SampleFlows.http(), SampleFacts.web()));
    documents.put("flow-tls-segment", flow(flows, SampleFlows.tls(), SampleFacts.tls()));
    documents.put("flow-midstream", flow(flows, SampleFlows.midstream(), new FlowFacts()));
    documents.put("flow-tunnel", flow(flows, SampleFlows.dns(), new FlowFacts()));
    documents.put("flow-protocols", flow(flows, SampleFlows.http(), SampleProtocols.all()));
    documents.put("flow-quic", flow(flows, SampleFlows.dns(), SampleProtocols.quic()));
    Flow dns = SampleFlows.dns();
    documents.put("flow-dns", flow(flows, dns, SampleProtocols.dns(dns)));
    documents.put("flow-icmp", flow(flows, SampleFlows.icmp(), new FlowFacts()));
    documents.put("flow-unknown", flow(flows, SampleFlows.unknown(), SampleFacts.unknown()));
    documents.put("flow-conflict", flow(flows, SampleFlows.conflict(), SampleFacts.conflict()));
    documents.put("flow-many-packets", flow(flows, SampleRanges.flow(), new FlowFacts()));
    FlowDocuments full = new FlowDocuments(context(true), new JsonWriter(true));
    documents.put("flow-payload-full", flow(full, SampleFlows.http(), SampleFacts.telegram()));
    Flow http = SampleFlows.http();
    FlowFacts telegram = SampleFacts.telegram();
    documents.put("alarm-first", alarms.write(http, telegram, SampleFacts.verdict(null)));
    documents.put(
        "alarm-suppressed",
        alarms.write(http, telegram, SampleFacts.verdict("Monitoring probe, reviewed")));
    documents.put("capture-reading", new CaptureDocuments(new JsonWriter(true)).write(reading()));
    documents.put("capture-failed", new CaptureDocuments(new JsonWriter(true)).write(failed()));
    return documents;
  }

  static DocumentContext context() {
    return context(false);
  }

  static DocumentContext context(boolean full) {
    Attribution attribution =
        (version, high, low) ->
            version == 4 && (low & 0xffff_f000L) == TELEGRAM_PREFIX ? REGISTRATION : null;
    Geography geography =
        (version, high, low) -> NetworkDirection.isPrivate(version, high, low) ? null : PLACE;
    CaptureLookup captures =
        new CaptureLookup() {
          @Override
          public CaptureId id(int captureIndex) {
            return CAPTURE;
          }

          @Override
          public String path(int captureIndex) {
            return "/captures/edge-1/eth0_00007_20261122101500.pcap";
          }

          @Override
          public long section(int captureIndex, long position) {
            return PacketRecord.NO_SECTION;
          }
        };
    return new DocumentContext(
        "edge-1",
        "sensor",
        captures,
        "http://localhost:9280",
        attribution,
        geography,
        new PayloadSettings(full, "golden"),
        InstantSource.fixed(NOW));
  }

  private static EcsDocument flow(FlowDocuments flows, Flow flow, FlowFacts facts) {
    boolean alarmed = "telegram".equals(facts.application);
    return flows.write(flow, facts, alarmed ? List.of(SampleFacts.verdict(null)) : List.of());
  }

  static CaptureEntry reading() {
    CaptureEntry entry = new CaptureEntry();
    entry.sensor = "edge-1";
    entry.id = CAPTURE;
    entry.path = "/captures/edge-1/eth0_00007_20261122101500.pcap";
    entry.sizeBytes = 104_857_600;
    entry.state = CaptureState.READING;
    entry.committedOffset = 52_428_800;
    entry.firstPacketNanos = RecordedFlow.START_NANOS;
    entry.lastPacketNanos = RecordedFlow.START_NANOS + 60_000_000_000L;
    entry.packets = 120_000;
    entry.bytes = 98_000_000;
    entry.flows = 3_400;
    entry.alarms = 2;
    entry.deadLetters = 1;
    entry.warnings = 1;
    entry.damages = 1;
    entry.astray = 1;
    entry.clockSteps = 2;
    entry.furthestStepNanos = 10_800_000_000_000L;
    entry.interfaces = new CaptureInterfaces(List.of("eth0"), 120_109, 102, 7, 120_000, 1);
    entry.lastRecord =
        new RecordMark(
            120_000, 52_428_000, 0, RecordedFlow.START_NANOS + 60_000_000_000L, 784, 784);
    entry.stops.put("ipv4.truncated", 3L);
    entry.stops.put("link.not_ip", 40L);
    entry.stops.put("tcp.truncated", 4L);
    entry.replayCapture = CAPTURE;
    entry.replayOffset = 24;
    entry.starts = new byte[] {1, 1, 0, 48, 1};
    entry.startCaptures = List.of(CAPTURE);
    entry.node = "indexer-1";
    entry.seenNanos = RecordedFlow.START_NANOS + 1;
    entry.updatedNanos = RecordedFlow.START_NANOS + 70_000_000_000L;
    return entry;
  }

  static CaptureEntry failed() {
    CaptureEntry entry = new CaptureEntry();
    entry.sensor = "edge-1";
    entry.id = CAPTURE;
    entry.path = "/captures/edge-1/bad.pcap";
    entry.state = CaptureState.FAILED;
    for (String reason :
        List.of(
            "too_short",
            "malformed",
            "unsupported_link_type",
            "too_deep",
            "fragment_held",
            "fragment_refused")) {
      entry.stops.put("ipv4." + reason, 1L);
    }
    entry.node = "indexer-1";
    entry.seenNanos = RecordedFlow.START_NANOS;
    entry.finishedNanos = RecordedFlow.START_NANOS;
    entry.updatedNanos = RecordedFlow.START_NANOS;
    entry.error = "/captures/edge-1/bad.pcap: offset 24: record length 4294967295";
    return entry;
  }
}
