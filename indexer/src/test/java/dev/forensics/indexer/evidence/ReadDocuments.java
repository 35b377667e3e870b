package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SinkCounts;
import dev.forensics.indexer.pipeline.Ingest;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents that the real pipeline makes of captures, kept in memory and found by id. */
final class ReadDocuments implements DocumentSink, DocumentSource, SegmentLookup {
  private final Map<String, EcsDocument> documents = new LinkedHashMap<>();
  private int flushes;

  static ReadDocuments of(Path... captures) throws Exception {
    return of(FlowSettings.defaults(), captures);
  }

  static ReadDocuments of(FlowSettings settings, Path... captures) throws Exception {
    ReadDocuments documents = new ReadDocuments();
    ingest(settings, documents, captures);
    return documents;
  }

  /** With tunnels on a port of one's own. */
  static ReadDocuments of(TunnelPorts ports, FlowSettings settings, Path... captures)
      throws Exception {
    ReadDocuments documents = new ReadDocuments();
    SensorSettings defaults = SensorSettings.defaults("test");
    SensorSettings own =
        new SensorSettings("test", 1, settings, defaults.detection(), ports, defaults.memory());
    new Ingest(SensorAssembly.builtIn(own), documents).run(CaptureListing.of(List.of(captures)));
    return documents;
  }

  static void ingest(FlowSettings settings, DocumentSink sink, Path... captures) throws Exception {
    SensorSettings defaults = SensorSettings.defaults("test");
    SensorAssembly assembly =
        SensorAssembly.builtIn(new SensorSettings("test", 1, settings, defaults.detection()));
    new Ingest(assembly, sink).run(CaptureListing.of(List.of(captures)));
  }

  /** Default settings but for the bound on positions and the width of segments. */
  static FlowSettings settings(int packetPointers, Duration active) {
    FlowSettings defaults = FlowSettings.defaults();
    return new FlowSettings(
        defaults.maxFlows(),
        defaults.maxBytes(),
        defaults.tcpIdle(),
        defaults.udpIdle(),
        defaults.icmpIdle(),
        defaults.otherIdle(),
        defaults.closedLinger(),
        active,
        defaults.reassemblyBytesPerDirection(),
        defaults.reassemblyBytesTotal(),
        packetPointers,
        false,
        false);
  }

  List<FlowPackets> all(DocumentKind kind) throws IOException {
    List<FlowPackets> found = new ArrayList<>();
    for (EcsDocument document : documents.values()) {
      if (document.kind() == kind) {
        found.add(FlowPackets.read(document.json()));
      }
    }
    return found;
  }

  /** The only alarm. */
  FlowPackets alarm() throws IOException {
    List<FlowPackets> alarms = all(DocumentKind.ALARM);
    if (alarms.size() != 1) {
      throw new AssertionError("alarms: " + alarms);
    }
    return alarms.get(0);
  }

  int flushes() {
    return flushes;
  }

  @Override
  public synchronized Optional<EcsDocument> find(String id) {
    return Optional.ofNullable(documents.get(id));
  }

  @Override
  public List<FlowPackets> of(String flowId) throws IOException {
    return all(DocumentKind.FLOW).stream()
        .filter(flow -> flow.flowId().equals(flowId))
        .sorted(Comparator.comparingInt(FlowPackets::segment))
        .toList();
  }

  @Override
  public synchronized void accept(EcsDocument document) {
    documents.put(document.id(), document);
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public SinkCounts counts() {
    return new SinkCounts(documents.size(), documents.size(), 0, 0, 0);
  }

  @Override
  public void close() {
    // nothing is open
  }
}
