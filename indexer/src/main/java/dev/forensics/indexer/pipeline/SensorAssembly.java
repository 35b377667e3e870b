package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.detect.Inspection;
import dev.forensics.indexer.detect.ProtocolSet;
import dev.forensics.indexer.detect.Protocols;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.document.DocumentContext;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.enrich.Names;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.index.DocumentSink;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What the parts of a sensor's pipeline are made from.
 *
 * @param settings the sensor
 * @param rules the built-in rules and the user's own
 * @param suppression which verdicts are marked as suppressed
 * @param attribution holders of registered prefixes
 * @param geography ASN and city databases
 * @param pcapBaseUrl where packets are served; null when nowhere
 * @param clock wall clock of event.created
 */
public record SensorAssembly(
    SensorSettings settings,
    List<DetectionRule> rules,
    Suppression suppression,
    Attribution attribution,
    Geography geography,
    String pcapBaseUrl,
    InstantSource clock) {
  private static final String DEFAULT_PCAP_URL = "http://127.0.0.1:8448";

  /** The built-in rules, the registered prefixes, and nothing of the user's. */
  public static SensorAssembly builtIn(SensorSettings settings) {
    PrefixTable prefixes = PrefixTable.builtIn();
    return new SensorAssembly(
        settings,
        Rules.builtIn(settings.detection(), prefixes),
        Suppression.NONE,
        prefixes,
        Geography.NONE,
        DEFAULT_PCAP_URL,
        InstantSource.system());
  }

  /** A pipeline that writes documents. */
  public SensorPipeline writingTo(DocumentSink sink, SensorCaptures captures, int openCaptures) {
    return writingTo(sink, captures, openCaptures, new FirstAlarms());
  }

  /**
   * A pipeline that writes documents.
   *
   * @param firstAlarms what was raised before
   */
  public SensorPipeline writingTo(
      DocumentSink sink, SensorCaptures captures, int openCaptures, FirstAlarms firstAlarms) {
    DocumentContext context =
        new DocumentContext(
            settings.name(),
            "sensor",
            captures,
            pcapBaseUrl,
            attribution,
            geography,
            new Names(),
            clock);
    AtomicBoolean replaying = new AtomicBoolean();
    return assemble(
        captures,
        openCaptures,
        replaying,
        () -> new Findings(captures, context, firstAlarms, sink, replaying::get));
  }

  /** A pipeline that only counts what it finds. */
  public SensorPipeline counting(SensorCaptures captures, int openCaptures) {
    return assemble(
        captures, openCaptures, new AtomicBoolean(), () -> new CountedFindings(captures));
  }

  private SensorPipeline assemble(
      SensorCaptures captures,
      int openCaptures,
      AtomicBoolean replaying,
      Supplier<FindingSink> findings) {
    FlowSettings share = settings.flow().perWorker(settings.workers());
    return new SensorPipeline(
        settings, captures, openCaptures, replaying, worker -> table(share, findings.get()));
  }

  private FlowTable table(FlowSettings share, FindingSink findings) {
    Inspection inspection =
        new Inspection(
            settings.detection(),
            attribution,
            new ProtocolSet(Protocols.all()),
            rules,
            suppression,
            findings);
    return new FlowTable(share, inspection);
  }
}
