package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.index.CapturePaths;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.RecordedPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds captures where they were last seen, else where the ledger says, the sensor's own entry
 * first, else anywhere in the capture folders. What a file is called never decides: it is opened
 * and its identity compared, so a ring that used the name again, a renamed and a compressed capture
 * are all told apart. Several files may have one identity, such as an analyst's extract; whether
 * one holds what is wanted is for the asker to say.
 *
 * <p>Remembers up to {@value #MAX_REMEMBERED} places. Folders are looked through only when a
 * capture is in none of the known places, once for all captures that are asked for together; files
 * that did not change since are not opened again.
 */
public final class CaptureFinder implements CaptureLocator {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureFinder.class);
  private static final int MAX_REMEMBERED = 16_384;

  private final RecordedPaths recorded;
  private final List<FolderScan> folders;
  private final Map<WantedCapture, Path> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WantedCapture, Path> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * @param recorded the ledger
   * @param folders searched for captures that are not where they were
   */
  public CaptureFinder(RecordedPaths recorded, Collection<Path> folders) {
    this.recorded = recorded;
    this.folders =
        folders.stream().map(folder -> new FolderScan(folder, List.of(), List.of())).toList();
  }

  /** Finds captures through the ledger in Elasticsearch, and in folders. */
  public static CaptureFinder of(ElasticsearchConnection connection, Collection<Path> folders) {
    return new CaptureFinder(new CapturePaths(connection)::of, folders);
  }

  @Override
  public void locate(Set<WantedCapture> wanted, Inspection inspection) throws IOException {
    Search search = new Search(wanted, inspection);
    for (WantedCapture one : wanted) {
      search.look(one, place(one));
    }
    IOException problem = search.isOver() ? null : askLedger(search);
    if (!search.isOver() && !folders.isEmpty()) {
      lookThroughFolders(search);
    }
    if (problem != null && !search.isOver()) {
      throw problem;
    }
  }

  private Path place(WantedCapture wanted) {
    synchronized (places) {
      return places.get(wanted);
    }
  }

  private void remember(WantedCapture wanted, Path path) {
    synchronized (places) {
      places.put(wanted, path);
    }
  }

  /** What went wrong, which only matters when the captures are not found otherwise; or null. */
  private IOException askLedger(Search search) throws IOException {
    Map<String, List<RecordedPath>> paths;
    try {
      paths = recorded.of(search.open.stream().map(one -> one.id().value()).distinct().toList());
    } catch (IOException e) {
      return e;
    }
    for (WantedCapture one : List.copyOf(search.open)) {
      List<RecordedPath> known = paths.getOrDefault(one.id().value(), List.of());
      for (boolean isOwn : new boolean[] {true, false}) {
        for (RecordedPath place : known) {
          if (place.sensor().equals(one.sensor()) == isOwn) {
            search.look(one, path(place.path()));
          }
        }
      }
    }
    return null;
  }

  private static Path path(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private void lookThroughFolders(Search search) throws IOException {
    synchronized (folders) {
      for (FolderScan folder : folders) {
        for (CaptureFile file : folder.scan().files()) {
          for (WantedCapture one : List.copyOf(search.open)) {
            search.consider(one, file);
          }
        }
      }
    }
  }

  /** One search: what is still wanted, and which files were shown. */
  private final class Search {
    private final Set<WantedCapture> open;
    private final Inspection inspection;
    private final Set<Shown> shown = new HashSet<>();

    private record Shown(WantedCapture wanted, Path path) {}

    Search(Set<WantedCapture> wanted, Inspection inspection) {
      open = new LinkedHashSet<>(wanted);
      this.inspection = inspection;
    }

    boolean isOver() {
      return open.isEmpty();
    }

    void look(WantedCapture wanted, Path path) throws IOException {
      if (path == null || !open.contains(wanted) || shown.contains(new Shown(wanted, path))) {
        return;
      }
      CaptureFile candidate;
      try {
        candidate = CaptureFile.probe(path).capture().orElse(null);
      } catch (CaptureException e) {
        LOG.debug("capture {} is not at {} any more: {}", wanted.id(), path, e.getMessage());
        return;
      }
      if (candidate != null) {
        consider(wanted, candidate);
      }
    }

    void consider(WantedCapture wanted, CaptureFile candidate) throws IOException {
      if (candidate.id().group().equals(wanted.id().group())
          && shown.add(new Shown(wanted, candidate.path()))
          && inspection.isEnough(wanted, candidate)) {
        open.remove(wanted);
        remember(wanted, candidate.path());
      }
    }
  }
}
