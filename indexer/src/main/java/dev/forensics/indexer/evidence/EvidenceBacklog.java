package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the packets of alarms whose evidence is missing though they were raised: the folder could
 * not be written then, and the process ended before it could. Alarms that are known to
 * Elasticsearch and whose captures are still there are looked up, the latest first; where nothing
 * is left of {@value #BATCH} alarms in a row, the ring has come round and older ones are gone as
 * well.
 *
 * <p>Bounded: the latest {@value #MOST_ALARMS} alarms, none older than evidence is kept. What was
 * removed to make room does not come back: while the folder is half full, only alarms that are
 * later than its oldest file count, since those before went first.
 *
 * <p>Runs on a thread of its own that always ends by itself; where Elasticsearch did not answer or
 * the folder could not be written, a later {@link #startIfDue} tries again.
 */
final class EvidenceBacklog {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceBacklog.class);
  private static final int MOST_ALARMS = 10_000;
  private static final int BATCH = 64;
  private static final long MOST_POSITIONS = 1_000_000;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final EvidenceStore store;
  private final CaptureLocator locator;
  private final AlarmHistory alarms;
  private final DocumentSource documents;
  private final SegmentLookup segments;
  private final Copying copying;
  private final InstantSource clock;
  private Thread thread;
  private boolean isDue = true;
  private volatile boolean isStopped;
  private Instant notBefore = Instant.MIN;

  /** Copies flows, one call at a time with all others that write the sensor's evidence. */
  @FunctionalInterface
  interface Copying {
    /** Gives back those that could not be stored. */
    List<PendingFlow> copy(List<PendingFlow> flows) throws InterruptedException;
  }

  /** What became of one batch. */
  private record Step(int looked, int copied, boolean isGone, boolean hasFailed) {}

  EvidenceBacklog(
      EvidenceStore store,
      CaptureLocator locator,
      AlarmHistory alarms,
      DocumentSource documents,
      SegmentLookup segments,
      Copying copying,
      InstantSource clock) {
    this.clock = clock;
    this.store = store;
    this.locator = locator;
    this.alarms = alarms;
    this.documents = documents;
    this.segments = segments;
    this.copying = copying;
  }

  /** There may be alarms without evidence again. */
  synchronized void due() {
    isDue = true;
  }

  /** Begins, unless there is nothing to do, it is under way or failed a moment ago. */
  synchronized void startIfDue() {
    boolean isUnderWay = thread != null && thread.isAlive();
    if (isDue && !isStopped && !isUnderWay && !clock.instant().isBefore(notBefore)) {
      isDue = false;
      thread = new Thread(this::run, "evidence-backlog");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends for good, at the next packet, and waits for it; what is stored is complete. */
  void stop() {
    Thread running = interrupt();
    if (running == null) {
      return;
    }
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Thread interrupt() {
    isStopped = true;
    if (thread != null) {
      thread.interrupt();
    }
    return thread;
  }

  private void run() {
    try {
      if (!catchUp(missing())) {
        tryLater();
      }
    } catch (IOException e) {
      LOG.debug("alarms without evidence cannot be looked up now: {}", e.getMessage());
      tryLater();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!isStopped) { // the client of Elasticsearch wraps an interrupt
        store.failed(e);
      }
    }
  }

  private synchronized void tryLater() {
    isDue = true;
    notBefore = clock.instant().plus(PAUSE);
  }

  /** Alarms of which not everything is stored, the latest first. */
  private List<String> missing() throws IOException {
    return alarms.since(store.neverRemovedSince(), MOST_ALARMS).stream()
        .filter(EvidenceFolder::isId)
        .filter(id -> !store.folder().find(id).map(file -> file.label().isFinal()).orElse(false))
        .toList();
  }

  private boolean catchUp(List<String> ids) throws IOException, InterruptedException {
    int copied = 0;
    int at = 0;
    boolean more = true;
    while (at < ids.size() && more) {
      Step step = copySome(ids.subList(at, ids.size()));
      at += step.looked;
      copied += step.copied;
      more = !step.isGone && !store.isHalfFull();
      if (step.hasFailed) {
        return false;
      }
    }
    if (copied > 0) {
      LOG.info(
          "packets of {} earlier alarms were stored, which could not be stored before", copied);
    }
    return true;
  }

  private Step copySome(List<String> ids) throws IOException, InterruptedException {
    List<PendingFlow> flows = new ArrayList<>();
    long positions = 0;
    int looked = 0;
    while (looked < Math.min(BATCH, ids.size()) && positions < MOST_POSITIONS) {
      Optional<PendingFlow> flow = flow(ids.get(looked++));
      if (flow.isPresent()) {
        flows.add(flow.get());
        positions += flow.get().positions();
      }
    }
    List<PendingFlow> there = inCaptures(flows);
    List<PendingFlow> failed = there.isEmpty() ? List.of() : copying.copy(there);
    boolean isGone = !flows.isEmpty() && there.isEmpty();
    return new Step(looked, there.size() - failed.size(), isGone, !failed.isEmpty());
  }

  /** Empty when the alarm is gone, or nothing more is known than what is stored. */
  private Optional<PendingFlow> flow(String alarmId) throws IOException {
    Optional<EcsDocument> document = documents.find(alarmId);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    FlowPackets alarm = FlowPackets.read(document.get().json());
    PendingFlow flow = new PendingFlow(alarm.flowId());
    flow.alarm(alarmId, FlowComments.of(alarm));
    flow.document(alarm);
    segments.of(alarm.flowId()).forEach(flow::document);
    long stored = store.folder().find(alarmId).map(file -> file.label().packets()).orElse(0L);
    FlowSelection selection = new FlowSelection(alarm.flowId());
    flow.documents().forEach(selection::add);
    boolean isMore = selection.listed() > stored || selection.isFinal();
    return isMore ? Optional.of(flow) : Optional.empty();
  }

  /** Those of which at least one capture is left. */
  private List<PendingFlow> inCaptures(List<PendingFlow> flows) throws IOException {
    Set<WantedCapture> wanted =
        flows.stream().flatMap(flow -> captures(flow).stream()).collect(Collectors.toSet());
    Set<WantedCapture> there = new HashSet<>();
    if (!wanted.isEmpty()) {
      locator.locate(wanted, (capture, file) -> there.add(capture));
    }
    return flows.stream()
        .filter(flow -> captures(flow).stream().anyMatch(there::contains))
        .toList();
  }

  private static Set<WantedCapture> captures(PendingFlow flow) {
    FlowSelection selection = new FlowSelection(flow.flowId());
    flow.documents().forEach(selection::add);
    return selection.captures();
  }
}
