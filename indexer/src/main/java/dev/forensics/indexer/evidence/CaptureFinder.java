package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.index.CapturePaths;
import dev.forensics.indexer.index.ElasticsearchConnection;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds captures where they were last seen, else where the ledger says, else anywhere in the
 * capture folders. What a file is called never decides: it is opened and its identity compared, so
 * a ring that used the name again, a renamed and a compressed capture are all told apart.
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
  private final Map<CaptureId, Path> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CaptureId, Path> eldest) {
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

  /** Says where a capture lies that is being read, to spare the search for it. */
  public void seen(CaptureId id, Path path) {
    synchronized (places) {
      places.put(id, path);
    }
  }

  @Override
  public Map<CaptureId, CaptureFile> locate(Set<CaptureId> ids) throws IOException {
    Map<CaptureId, CaptureFile> found = new HashMap<>();
    ids.forEach(id -> tryPath(id, place(id), found));
    IOException problem = found.size() < ids.size() ? askLedger(ids, found) : null;
    if (found.size() < ids.size() && !folders.isEmpty()) {
      search(ids, found);
    }
    found.forEach((id, file) -> seen(id, file.path()));
    if (problem != null && found.size() < ids.size()) {
      throw problem;
    }
    return found;
  }

  private Path place(CaptureId id) {
    synchronized (places) {
      return places.get(id);
    }
  }

  /** What went wrong, which only matters when the captures are not found otherwise; or null. */
  private IOException askLedger(Set<CaptureId> ids, Map<CaptureId, CaptureFile> found) {
    Set<CaptureId> missing = missing(ids, found);
    try {
      Map<String, List<String>> paths =
          recorded.of(missing.stream().map(CaptureId::value).toList());
      for (CaptureId id : missing) {
        for (String path : paths.getOrDefault(id.value(), List.of())) {
          tryPath(id, path(path), found);
        }
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static Path path(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static void tryPath(CaptureId id, Path path, Map<CaptureId, CaptureFile> found) {
    if (path == null || found.containsKey(id)) {
      return;
    }
    try {
      CaptureFile.probe(path)
          .capture()
          .filter(file -> file.id().equals(id))
          .ifPresent(file -> found.put(id, file));
    } catch (CaptureException e) {
      LOG.debug("capture {} is not at {} any more: {}", id, path, e.getMessage());
    }
  }

  private void search(Set<CaptureId> ids, Map<CaptureId, CaptureFile> found) {
    Set<CaptureId> missing = missing(ids, found);
    synchronized (folders) {
      for (FolderScan folder : folders) {
        for (CaptureFile file : folder.scan().captures()) {
          if (missing.contains(file.id())) {
            found.putIfAbsent(file.id(), file);
          }
        }
      }
    }
  }

  private static Set<CaptureId> missing(Set<CaptureId> ids, Map<CaptureId, CaptureFile> found) {
    Set<CaptureId> missing = new HashSet<>(ids);
    missing.removeAll(found.keySet());
    return missing;
  }
}
