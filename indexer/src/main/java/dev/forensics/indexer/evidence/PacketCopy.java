package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.decode.TunnelPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the packets of some flows, in order of time, in one pass over each capture however many
 * flows want something of it. Captures that overlap in time are read side by side, {@value
 * #MOST_OPEN} at once.
 *
 * <p>Made by {@link #prepare}, which finds the records; then targets are added to the flows; then
 * {@link #run}. What cannot be had is counted at its flow.
 */
final class PacketCopy {
  private static final Logger LOG = LoggerFactory.getLogger(PacketCopy.class);
  private static final int MOST_OPEN = 64;

  private final ArrayDeque<CaptureFile> waiting = new ArrayDeque<>();
  private final Map<Path, List<Want>> wants = new LinkedHashMap<>();
  private final PriorityQueue<CapturePass> open =
      new PriorityQueue<>(Comparator.comparingLong(CapturePass::timeNanos));
  private final SpanFilter filter;
  private final CaptureLocator locator;
  private final Set<String> gone = new HashSet<>();
  private int opened;

  private PacketCopy(CaptureLocator locator, TunnelPorts tunnels) {
    this.locator = locator;
    filter = new SpanFilter(tunnels);
  }

  /**
   * Finds the records, and makes sure that they are the flows'; nothing is copied yet. Flows that
   * were prepared before keep what was found then.
   */
  static PacketCopy prepare(List<FlowCopy> flows, CaptureLocator locator)
      throws IOException, InterruptedException {
    RecordSearch.run(flows.stream().filter(FlowCopy::wantsSearch).toList(), locator);
    TunnelPorts tunnels =
        flows.stream()
            .map(flow -> flow.selection().tunnels())
            .reduce(TunnelPorts.NONE, TunnelPorts::with);
    PacketCopy copy = new PacketCopy(locator, tunnels);
    Map<Path, CaptureFile> files = new LinkedHashMap<>();
    for (FlowCopy flow : flows) {
      for (FoundPart found : flow.found()) {
        files.put(found.file().path(), found.file());
        copy.wants
            .computeIfAbsent(found.file().path(), path -> new ArrayList<>())
            .add(new Want(flow, found.part()));
      }
      copy.gone.addAll(flow.gone());
    }
    files.values().stream()
        .sorted(Comparator.comparingLong(CaptureFile::firstPacketNanos))
        .forEach(copy.waiting::add);
    return copy;
  }

  /** Captures that are nowhere. */
  Set<String> gone() {
    return gone;
  }

  /**
   * Copies everything.
   *
   * @throws IOException when a target ends the copy
   * @throws InterruptedException when the thread was interrupted, so that captures could not be
   *     read
   */
  void run() throws IOException, InterruptedException {
    try {
      openDue();
      while (!open.isEmpty()) {
        CapturePass pass = open.poll();
        try {
          pass.deliver();
        } catch (IOException e) {
          pass.close();
          throw e;
        }
        advance(pass);
        openDue();
      }
    } finally {
      open.forEach(CapturePass::close);
    }
  }

  /** Opens each capture that may hold a record earlier than the next one of the open captures. */
  private void openDue() throws InterruptedException {
    while (!waiting.isEmpty()
        && open.size() < MOST_OPEN
        && (open.isEmpty() || waiting.peek().firstPacketNanos() <= open.peek().timeNanos())) {
      CaptureFile file = waiting.poll();
      List<Want> wanted = wants.remove(file.path());
      try {
        advance(open(file, wanted));
      } catch (CaptureException e) {
        failIfInterrupted();
        wanted.forEach(want -> want.flow().lost(want.left(), text(want.left(), e)));
      }
    }
  }

  /** A ring may have renamed or compressed the file since it was found. */
  private CapturePass open(CaptureFile file, List<Want> wanted) throws CaptureException {
    int number = opened++;
    try {
      return new CapturePass(file, number, wanted, filter);
    } catch (CaptureException e) {
      return new CapturePass(elsewhere(wanted, e), number, wanted, filter);
    }
  }

  private CaptureFile elsewhere(List<Want> wanted, CaptureException problem)
      throws CaptureException {
    Set<WantedCapture> captures = new LinkedHashSet<>();
    wanted.forEach(want -> captures.add(want.capture()));
    captures.remove(null);
    List<CaptureFile> found = new ArrayList<>();
    try {
      locator.locate(captures, (capture, file) -> hasAll(file, wanted) && found.add(file));
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
    return found.stream().findFirst().orElseThrow(() -> problem);
  }

  private static boolean hasAll(CaptureFile file, List<Want> wanted) {
    List<PartCheck> checks = wanted.stream().map(Want::check).toList();
    RecordCheck.of(file, checks);
    return checks.stream().allMatch(check -> check.left() == null);
  }

  private static String text(long packets, CaptureException problem) {
    return packets + " packets cannot be had any more: " + problem.getMessage();
  }

  private void advance(CapturePass pass) throws InterruptedException {
    try {
      if (pass.advance()) {
        open.add(pass);
        return;
      }
      pass.close();
      pass.finish("the capture ends before: " + pass.file().path());
    } catch (CaptureException e) {
      pass.close();
      failIfInterrupted();
      LOG.warn("packets cannot be read: {}", e.getMessage());
      pass.finish(e.getMessage());
    }
  }

  /** An interrupt closes files, which looks like a broken capture. */
  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while packets were copied");
    }
  }
}
