package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.detect.Inspection;
import dev.forensics.indexer.document.DocumentContext;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.enrich.Names;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.index.DocumentSink;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the parts of a sensor's pipeline are made from.
 *
 * @param settings the sensor
 * @param attribution holders of registered prefixes
 * @param geography ASN and city databases
 * @param pcapBaseUrl where packets are served; null when nowhere
 * @param clock wall clock of event.created
 */
public record SensorAssembly(
    SensorSettings settings,
    Attribution attribution,
    Geography geography,
    String pcapBaseUrl,
    InstantSource clock) {

  /** A pipeline that writes documents. */
  public SensorPipeline writingTo(DocumentSink sink, SensorCaptures captures, int openCaptures) {
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
    FirstAlarms firstAlarms = new FirstAlarms();
    return assemble(
        captures, openCaptures, () -> new Findings(captures, context, firstAlarms, sink));
  }

  /** A pipeline that only counts what it finds. */
  public SensorPipeline counting(SensorCaptures captures, int openCaptures) {
    return assemble(captures, openCaptures, () -> new CountedFindings(captures));
  }

  private SensorPipeline assemble(
      SensorCaptures captures, int openCaptures, Supplier<FindingSink> findings) {
    FlowSettings share = settings.flow().perWorker(settings.workers());
    return new SensorPipeline(
        settings, captures, openCaptures, worker -> table(share, findings.get()));
  }

  private FlowTable table(FlowSettings share, FindingSink findings) {
    return new FlowTable(share, new Inspection(settings.detection(), attribution, findings));
  }
}
