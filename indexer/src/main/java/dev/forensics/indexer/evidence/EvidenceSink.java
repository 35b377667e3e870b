package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.DocumentIds;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowDocuments;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SinkCounts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands before a sensor's sink and stores the packets of its alarms: what passes by is remembered,
 * and copied with each flush, after the documents have been delivered. An alarm's packets are
 * stored as far as they are known when it is raised, and again at the end of its flow, or of each
 * segment of it. Suppressed alarms are left out: nobody is to look at them.
 *
 * <p>Whatever goes wrong with evidence is counted, logged once and told by {@link
 * EvidenceStore#problem}; it never keeps a document back. What could not be stored (a full disk) is
 * tried again after a pause.
 *
 * <p>Bounded: {@value #MOST_FLOWS} flows and a million positions are remembered; past that they are
 * copied at once, or while the store has a problem, the oldest are given up: {@link #catchUp} finds
 * them again. Thread-safe.
 */
public final class EvidenceSink implements DocumentSink {
  private static final int MOST_FLOWS = 1_000;
  private static final long MOST_POSITIONS = 1_000_000;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final DocumentSink sink;
  private final EvidenceStore store;
  private final CaptureLocator locator;
  private final SegmentLookup segments;
  private final EvidenceCopier copier;
  private final InstantSource clock;
  private final Object copying = new Object();
  private final Map<String, PendingFlow> pending = new LinkedHashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private long positions;
  private Instant notBefore = Instant.MIN;
  private EvidenceBacklog backlog;
  private boolean hasGivenUp;
  private volatile boolean isClosed;

  /**
   * Stands before a sink, which it closes.
   *
   * @param store shared by the sensors
   * @param locator finds the sensor's captures
   * @param segments finds earlier segments of long flows
   * @param clock wall clock, for the pause after a failure
   */
  public EvidenceSink(
      DocumentSink sink,
      EvidenceStore store,
      CaptureLocator locator,
      SegmentLookup segments,
      InstantSource clock) {
    this.sink = sink;
    this.store = store;
    this.clock = clock;
    this.locator = locator;
    this.segments = segments;
    copier = new EvidenceCopier(store, locator, segments);
  }

  /**
   * Looks for alarms of which no evidence is stored, from the first flush on, and again when some
   * had to be given up.
   *
   * @param alarms the alarms of the sensor
   * @param documents finds their documents
   */
  public void catchUp(AlarmHistory alarms, DocumentSource documents) {
    backlog =
        new EvidenceBacklog(
            store, locator, alarms, documents, segments, this::copyOneAfterAnother, clock);
  }

  /**
   * Nothing is stored any more but what comes with documents: another sink takes this one's place,
   * and two must not write the evidence of one alarm at once.
   */
  public void letGo() {
    if (backlog != null) {
      backlog.stop();
    }
  }

  private List<PendingFlow> copyOneAfterAnother(List<PendingFlow> flows)
      throws InterruptedException {
    synchronized (copying) {
      return copier.copy(flows);
    }
  }

  @Override
  public void accept(EcsDocument document) throws InterruptedException, IOException {
    sink.accept(document);
    boolean isRemembered =
        switch (document.kind()) {
          case ALARM -> remember(document);
          case FLOW -> FlowDocuments.hasVerdicts(document) && remember(document);
          case CAPTURE -> false;
        };
    if (isRemembered && isFull()) {
      copy();
    }
  }

  private boolean remember(EcsDocument document) {
    FlowPackets packets;
    try {
      packets = FlowPackets.read(document.json());
    } catch (IOException e) {
      store.failed(e);
      return false;
    }
    synchronized (pending) {
      return document.kind() == DocumentKind.ALARM ? alarm(packets) : flow(packets);
    }
  }

  private boolean alarm(FlowPackets alarm) {
    if (alarm.isSuppressed()) {
      return false;
    }
    PendingFlow flow = pending.computeIfAbsent(alarm.flowId(), PendingFlow::new);
    flow.alarm(alarm.documentId(), FlowComments.of(alarm));
    add(flow, alarm);
    return true;
  }

  /** Only alarms that have evidence, or are about to get it, get more of it. */
  private boolean flow(FlowPackets packets) {
    PendingFlow flow = pending.getOrDefault(packets.flowId(), new PendingFlow(packets.flowId()));
    for (String rule : packets.verdicts()) {
      String alarmId = DocumentIds.ofAlarm(packets.flowId(), rule);
      if (underWay.contains(alarmId) || store.folder().has(alarmId)) {
        flow.alarm(alarmId, FlowComments.ofRule(alarmId, rule, packets.flowId()));
      }
    }
    if (flow.comments().isEmpty()) {
      return false;
    }
    pending.put(packets.flowId(), flow);
    add(flow, packets);
    return true;
  }

  private void add(PendingFlow flow, FlowPackets packets) {
    flow.document(packets);
    positions += PendingFlow.positions(packets);
  }

  private boolean isFull() {
    synchronized (pending) {
      return pending.size() > MOST_FLOWS || positions > MOST_POSITIONS;
    }
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    sink.flush();
    copy();
    if (backlog != null) {
      backlog.startIfDue();
    }
  }

  private void copy() throws InterruptedException {
    synchronized (copying) {
      if (clock.instant().isBefore(notBefore)) {
        giveUpOldest();
        return;
      }
      List<PendingFlow> flows = take();
      if (flows.isEmpty()) {
        return;
      }
      List<PendingFlow> failed = flows;
      try {
        failed = copier.copy(flows);
        notBefore = failed.isEmpty() ? Instant.MIN : clock.instant().plus(PAUSE);
        lookForGivenUp(failed.isEmpty());
      } catch (RuntimeException e) {
        // A bug here must not stop the reading of packets.
        store.failed(e);
        failed = List.of();
      } finally {
        putBack(failed);
      }
    }
  }

  /** What had to be given up while nothing could be stored may still be in the captures. */
  private void lookForGivenUp(boolean isStoring) {
    if (isStoring && hasGivenUp && backlog != null) {
      hasGivenUp = false;
      backlog.due();
    }
  }

  private List<PendingFlow> take() {
    synchronized (pending) {
      List<PendingFlow> flows = new ArrayList<>(pending.values());
      pending.clear();
      positions = 0;
      flows.forEach(flow -> underWay.addAll(flow.comments().keySet()));
      return flows;
    }
  }

  /** What failed comes first again, with what came for the same flows meanwhile. */
  private void putBack(List<PendingFlow> failed) {
    synchronized (pending) {
      underWay.clear();
      List<PendingFlow> later = new ArrayList<>(pending.values());
      pending.clear();
      failed.forEach(flow -> pending.put(flow.flowId(), flow));
      for (PendingFlow flow : later) {
        PendingFlow before = pending.putIfAbsent(flow.flowId(), flow);
        if (before != null) {
          before.merge(flow);
        }
      }
      positions = pending.values().stream().mapToLong(PendingFlow::positions).sum();
    }
  }

  private void giveUpOldest() {
    synchronized (pending) {
      var oldest = pending.values().iterator();
      while (isFull() && oldest.hasNext()) {
        positions -= oldest.next().positions();
        oldest.remove();
        hasGivenUp = true;
        store.givenUp();
      }
    }
  }

  /** What became of the documents. */
  @Override
  public SinkCounts counts() {
    return sink.counts();
  }

  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    letGo();
    try (DocumentSink closing = sink) {
      closing.flush();
      copy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupt =
          new InterruptedIOException("interrupted before everything was delivered");
      interrupt.initCause(e);
      throw interrupt;
    }
  }
}
