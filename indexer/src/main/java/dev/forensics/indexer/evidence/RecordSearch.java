package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the files that hold the records of some flows. Whatever file comes into question is looked
 * into; only the records that are a flow's own count, and what one file does not have is looked for
 * in the next.
 */
final class RecordSearch {
  private final Map<WantedCapture, List<Sought>> sought = new LinkedHashMap<>();

  /** A part of a flow, as far as it was not found. */
  private static final class Sought {
    private final FlowCopy flow;
    private final Part whole;
    private final List<FoundPart> found = new ArrayList<>();
    private Part left;

    Sought(FlowCopy flow, Part part) {
      this.flow = flow;
      whole = part;
      left = part;
    }

    void take(CaptureFile file, PartCheck check) {
      Part part = check.found();
      if (part != null) {
        found.add(new FoundPart(file, part));
      }
      left = check.left();
    }

    void tell() {
      if (found.isEmpty()) {
        flow.captureIsGone(whole);
      } else {
        found.forEach(flow::found);
        if (left != null) {
          flow.partIsGone(left);
        }
      }
    }
  }

  private RecordSearch() {}

  /**
   * Finds what flows want, and tells it to them.
   *
   * @throws InterruptedException when the thread was interrupted, so that files could not be read
   */
  static void run(List<FlowCopy> flows, CaptureLocator locator)
      throws IOException, InterruptedException {
    RecordSearch search = new RecordSearch();
    for (FlowCopy flow : flows) {
      for (Part part : flow.parts()) {
        search.add(flow, part);
      }
    }
    if (!search.sought.isEmpty()) {
      search.look(locator);
    }
    search.sought.values().forEach(parts -> parts.forEach(Sought::tell));
  }

  private void add(FlowCopy flow, Part part) {
    if (part.file() != null) {
      flow.found(new FoundPart(part.file(), part));
    } else {
      sought
          .computeIfAbsent(part.capture(), capture -> new ArrayList<>())
          .add(new Sought(flow, part));
    }
  }

  private void look(CaptureLocator locator) throws IOException, InterruptedException {
    try {
      locator.locate(sought.keySet(), this::isEnough);
    } catch (InterruptedIOException e) {
      failIfInterrupted();
      throw e;
    }
    failIfInterrupted();
  }

  private boolean isEnough(WantedCapture wanted, CaptureFile candidate) throws IOException {
    List<Sought> parts = sought.get(wanted).stream().filter(part -> part.left != null).toList();
    List<PartCheck> checks =
        parts.stream().map(part -> new PartCheck(part.flow.selection(), part.left)).toList();
    RecordCheck.of(candidate, checks);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while packets were looked for");
    }
    for (int i = 0; i < checks.size(); i++) {
      parts.get(i).take(candidate, checks.get(i));
    }
    return parts.stream().allMatch(part -> part.left == null);
  }

  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while packets were looked for");
    }
  }
}
