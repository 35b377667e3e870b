package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Inspection;
import dev.forensics.indexer.detect.ProtocolSet;
import dev.forensics.indexer.detect.Protocols;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.StateSeal;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.detect.dns.DnsAnswers;
import dev.forensics.indexer.document.DocumentContext;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.enrich.Names;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.FlowCounters;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.index.DocumentSink;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What the parts of a sensor's pipeline are made from.
 *
 * @param settings the sensor
 * @param rules the built-in rules and the user's own
 * @param suppression which verdicts are marked as suppressed
 * @param attribution holders of registered prefixes
 * @param geography ASN and city databases
 * @param pcapBaseUrl where packets are served; null when nowhere
 * @param payload how bytes are shown that no protocol explains
 * @param seal of what is kept of long flows in the commit
 * @param clock wall clock of event.created
 */
public record SensorAssembly(
    SensorSettings settings,
    List<DetectionRule> rules,
    Suppression suppression,
    Attribution attribution,
    Geography geography,
    String pcapBaseUrl,
    PayloadSettings payload,
    StateSeal seal,
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
        PayloadSettings.MASKED,
        StateSeal.ofThisProcess(),
        InstantSource.system());
  }

  /** The same with other settings of what is shown of unknown bytes. */
  public SensorAssembly withPayload(PayloadSettings other) {
    return new SensorAssembly(
        settings, rules, suppression, attribution, geography, pcapBaseUrl, other, seal, clock);
  }

  /** A pipeline that writes documents. */
  public SensorPipeline writingTo(DocumentSink sink, SensorCaptures captures, int openCaptures) {
    return writingTo(
        sink, captures, openCaptures, settings.memory().alarms(), settings.memory().names());
  }

  /**
   * A pipeline that writes documents.
   *
   * @param firstAlarms what was raised before
   * @param names what addresses were called before; the pipeline learns more
   */
  public SensorPipeline writingTo(
      DocumentSink sink,
      SensorCaptures captures,
      int openCaptures,
      FirstAlarms firstAlarms,
      Names names) {
    DocumentContext context =
        new DocumentContext(
            settings.name(),
            "sensor",
            captures,
            pcapBaseUrl,
            attribution,
            geography,
            payload,
            clock);
    AtomicBoolean replaying = new AtomicBoolean();
    Findings.Shared shared =
        new Findings.Shared(
            captures,
            context,
            names,
            firstAlarms,
            sink,
            replaying::get,
            settings.memory().findingBytes());
    Bounds bounds = new Bounds();
    add(names, firstAlarms, bounds);
    add(shared, bounds);
    return new SensorPipeline(
        settings,
        captures,
        openCaptures,
        replaying,
        new DnsAnswers(names)::packet,
        shared,
        bounds,
        worker -> table(new Findings(shared), bounds));
  }

  /** A pipeline that only counts what it finds. */
  public SensorPipeline counting(SensorCaptures captures, int openCaptures) {
    Bounds bounds = new Bounds();
    return new SensorPipeline(
        settings,
        captures,
        openCaptures,
        new AtomicBoolean(),
        packet -> false,
        WorkersProgress.UNHEARD,
        bounds,
        worker -> table(new CountedFindings(captures), bounds));
  }

  private FlowTable table(WorkerFindings findings, Bounds bounds) {
    Inspection inspection =
        new Inspection(
            settings.detection(),
            attribution,
            new ProtocolSet(Protocols.all()),
            rules,
            suppression,
            seal,
            findings);
    FlowSettings share = settings.flow().perWorker(settings.workers());
    FlowTable table = new FlowTable(share, inspection);
    findings.of(table);
    add(table.counters(), share, bounds);
    bounds.reached().add(BoundsReached.PARSERS_FAILED, inspection::parserFailures);
    bounds.used().add(MemoryUsed.FACTS, inspection::factBytes, share.maxBytes());
    return table;
  }

  private static void add(FlowCounters counters, FlowSettings share, Bounds bounds) {
    BoundsReached reached = bounds.reached();
    reached.add(BoundsReached.FLOWS_EVICTED, () -> counters.ended(EndReason.EVICTED));
    reached.add(BoundsReached.STREAM_GAPS, () -> counters.capGaps);
    reached.add(BoundsReached.ENDED_FLOWS_FORGOTTEN, () -> counters.forgottenEnds);
    MemoryUsed used = bounds.used();
    LongSupplier flowBytes = () -> counters.keptBytes + counters.reassemblyBytes;
    used.add(MemoryUsed.FLOWS, flowBytes, share.maxBytes());
    long most = Math.min(share.maxBytes(), share.reassemblyBytesTotal());
    used.add(MemoryUsed.REASSEMBLY, () -> counters.reassemblyBytes, most);
  }

  private void add(Names names, FirstAlarms alarms, Bounds bounds) {
    bounds.reached().add(BoundsReached.NAMES_FORGOTTEN, names::forgotten);
    bounds.reached().add(BoundsReached.FIRST_ALARMS_FORGOTTEN, alarms::forgotten);
    MemoryShare share = settings.memory();
    MemoryUsed used = bounds.used();
    used.add(MemoryUsed.NAMES, names::currentBytes, share.nameBytes());
    used.add(MemoryUsed.REPLACED_NAMES, names::replacedBytes, share.replacedNameBytes());
    used.add(
        MemoryUsed.FIRST_ALARMS,
        () -> MemoryShare.alarmBytes(alarms.remembered()),
        MemoryShare.alarmBytes(share.firstAlarms()));
  }

  private void add(Findings.Shared shared, Bounds bounds) {
    bounds.used().add(MemoryUsed.FINDINGS, shared::heldBytes, settings.memory().findingBytes());
  }
}
