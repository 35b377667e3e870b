package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * <p>Made by {@link #prepare}, which finds the captures; then targets are added to the flows; then
 * {@link #run}. What cannot be had is counted at its flow.
 */
final class PacketCopy {
  private static final Logger LOG = LoggerFactory.getLogger(PacketCopy.class);
  private static final int MOST_OPEN = 64;

  private final ArrayDeque<CaptureFile> waiting = new ArrayDeque<>();
  private final Map<Path, List<Want>> wants = new LinkedHashMap<>();
  private final PriorityQueue<CapturePass> open =
      new PriorityQueue<>(Comparator.comparingLong(CapturePass::timeNanos));
  private final SpanFilter filter = new SpanFilter();
  private final CaptureLocator locator;
  private final Set<CaptureId> gone = new HashSet<>();
  private int opened;

  private PacketCopy(CaptureLocator locator) {
    this.locator = locator;
  }

  /** Finds the captures; nothing is read yet. */
  static PacketCopy prepare(List<FlowCopy> flows, CaptureLocator locator) throws IOException {
    Set<CaptureId> ids = new HashSet<>();
    flows.forEach(flow -> ids.addAll(flow.selection().captures()));
    Map<CaptureId, CaptureFile> located = ids.isEmpty() ? Map.of() : locator.locate(ids);
    PacketCopy copy = new PacketCopy(locator);
    Map<Path, CaptureFile> files = new LinkedHashMap<>();
    for (FlowCopy flow : flows) {
      for (Part part : flow.parts()) {
        copy.add(flow, part, located, files);
      }
    }
    files.values().stream()
        .sorted(Comparator.comparingLong(CaptureFile::firstPacketNanos))
        .forEach(copy.waiting::add);
    return copy;
  }

  private void add(
      FlowCopy flow, Part part, Map<CaptureId, CaptureFile> located, Map<Path, CaptureFile> files) {
    CaptureFile file = part.file() != null ? part.file() : located.get(part.capture());
    if (file == null) {
      flow.captureIsGone(part);
      gone.add(part.capture());
      return;
    }
    files.put(file.path(), file);
    wants.computeIfAbsent(file.path(), path -> new ArrayList<>()).add(new Want(flow, part));
  }

  /** Captures that are nowhere. */
  Set<CaptureId> gone() {
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
      return new CapturePass(elsewhere(file, e), number, wanted, filter);
    }
  }

  private CaptureFile elsewhere(CaptureFile file, CaptureException problem)
      throws CaptureException {
    try {
      return locator.locate(file.id()).orElseThrow(() -> problem);
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      problem.addSuppressed(e);
      throw problem;
    }
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
