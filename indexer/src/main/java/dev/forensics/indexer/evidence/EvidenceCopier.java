package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.document.FlowPackets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the packets of flows into the evidence store, {@value #FILES_AT_ONCE} files in one pass
 * over the captures, since compressed ones have to be read from their beginning however few packets
 * are wanted. Not thread-safe.
 */
final class EvidenceCopier {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceCopier.class);
  private static final int FILES_AT_ONCE = 64;
  private static final int CAPTURES_REMEMBERED = 1_024;

  private final EvidenceStore store;
  private final CaptureLocator locator;
  private final SegmentLookup segments;
  private final Map<String, Boolean> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > CAPTURES_REMEMBERED;
        }
      };

  EvidenceCopier(EvidenceStore store, CaptureLocator locator, SegmentLookup segments) {
    this.store = store;
    this.locator = locator;
    this.segments = segments;
  }

  /**
   * Copies what can be had.
   *
   * @return the flows that could not be stored and may be tried again
   */
  List<PendingFlow> copy(List<PendingFlow> flows) throws InterruptedException {
    List<PendingFlow> sorted = new ArrayList<>(flows);
    sorted.sort(Comparator.comparingLong(PendingFlow::startNanos));
    List<PendingFlow> failed = new ArrayList<>();
    List<PendingFlow> batch = new ArrayList<>();
    int files = 0;
    for (PendingFlow flow : sorted) {
      if (files > 0 && files + flow.comments().size() > FILES_AT_ONCE) {
        failed.addAll(copyBatch(batch));
        batch.clear();
        files = 0;
      }
      batch.add(flow);
      files += flow.comments().size();
    }
    failed.addAll(copyBatch(batch));
    return failed;
  }

  private List<PendingFlow> copyBatch(List<PendingFlow> batch) throws InterruptedException {
    Map<PendingFlow, FlowCopy> copies = new LinkedHashMap<>();
    batch.forEach(flow -> copies.put(flow, new FlowCopy(selection(flow))));
    Map<PendingFlow, List<EvidenceWrite>> writes = new HashMap<>();
    try {
      PacketCopy copy = PacketCopy.prepare(List.copyOf(copies.values()), locator);
      copy.gone().forEach(this::sayOnce);
      copies.forEach((flow, flowCopy) -> writes.put(flow, begin(flow, flowCopy)));
      copy.run();
      return keep(copies, writes);
    } catch (IOException e) {
      discard(writes);
      store.failed(e);
      return List.copyOf(batch);
    } catch (InterruptedException | RuntimeException e) {
      discard(writes);
      throw e;
    }
  }

  private static void discard(Map<PendingFlow, List<EvidenceWrite>> writes) {
    writes.values().forEach(files -> files.forEach(EvidenceWrite::discard));
  }

  private void sayOnce(String capture) {
    if (said.put(capture, true) == null) {
      LOG.warn(
          "capture {} is gone, or other packets stand in the places of an alarm's: they cannot be"
              + " kept as evidence",
          capture);
    }
  }

  /**
   * What is known of the flow: its documents, and of the time before them what is stored already,
   * or else what the documents of its earlier segments say.
   */
  private FlowSelection selection(PendingFlow flow) {
    FlowSelection selection = new FlowSelection(flow.flowId());
    flow.documents().forEach(selection::add);
    if (selection.firstSegment() == 1) {
      return selection;
    }
    Optional<CaptureFile> stored = stored(flow);
    if (stored.isPresent() && stored.get().firstPacketNanos() < flow.startNanos()) {
      return selection.addBefore(stored.get());
    }
    try {
      for (FlowPackets segment : segments.of(flow.flowId())) {
        selection.add(segment);
      }
    } catch (IOException e) {
      LOG.warn(
          "earlier segments of the flow {} cannot be found: {}", flow.flowId(), e.getMessage());
    }
    return selection;
  }

  private Optional<CaptureFile> stored(PendingFlow flow) {
    for (String alarmId : flow.comments().keySet()) {
      Optional<EvidenceFile> file = store.folder().find(alarmId);
      if (file.isPresent()) {
        try {
          store.folder().verify(file.get());
          return CaptureFile.probe(file.get().path()).capture();
        } catch (IOException e) {
          LOG.warn("stored packets are left alone: {}", e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private List<EvidenceWrite> begin(PendingFlow flow, FlowCopy copy) {
    List<EvidenceWrite> writes = new ArrayList<>();
    String missing = copy.missingText();
    flow.comments().forEach((alarmId, comment) -> writes.add(begin(alarmId, comment, missing)));
    writes.forEach(copy::to);
    return writes;
  }

  /** A comment that was written with the alarm says more than the flow's document does. */
  private EvidenceWrite begin(String alarmId, String comment, String missing) {
    String known = store.folder().find(alarmId).map(file -> file.label().comment()).orElse("");
    return store.begin(alarmId, known.length() > comment.length() ? known : comment, missing);
  }

  private List<PendingFlow> keep(
      Map<PendingFlow, FlowCopy> copies, Map<PendingFlow, List<EvidenceWrite>> writes) {
    List<EvidenceStore.Ending> endings = new ArrayList<>();
    copies.forEach(
        (flow, copy) ->
            writes
                .get(flow)
                .forEach(
                    write ->
                        endings.add(
                            new EvidenceStore.Ending(
                                write,
                                copy.counts().missing(),
                                copy.selection().isFinal(),
                                flow.flowId()))));
    Set<EvidenceWrite> failed = store.keep(endings);
    return copies.keySet().stream()
        .filter(flow -> writes.get(flow).stream().anyMatch(failed::contains))
        .toList();
  }
}
