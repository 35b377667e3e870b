package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.FolderScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was seen in a sensor's folder, also while reading waits for Elasticsearch: so it is known
 * what left the folder, and how long it was, before anybody could read it. In: each look at the
 * folder. Out: the captures that are there no more, until reading has taken note of them.
 * Thread-safe.
 */
final class Sightings {
  /** Captures that left the folder and wait to be judged; later ones are only counted. */
  static final int MOST_GONE = 65_536;

  private final Map<CaptureId, CaptureFile> gone = new LinkedHashMap<>();
  private final Set<CaptureId> taken = new HashSet<>();
  private Map<CaptureId, CaptureFile> present = new HashMap<>();
  private boolean isReading;
  private boolean isAnySeen;
  private long unnamed;

  /** The folder was looked at. */
  synchronized void saw(FolderScan.Found found) {
    Map<CaptureId, CaptureFile> now = new HashMap<>();
    found.captures().forEach(file -> now.put(file.id(), file));
    List<CaptureFile> left = new ArrayList<>(present.values());
    left.removeIf(file -> now.containsKey(file.id()));
    if (!left.isEmpty()) {
      Map<Path, CaptureId> groups = new HashMap<>();
      found.files().forEach(file -> groups.put(file.path(), file.id().group()));
      // Of captures that share their first record, one that grows may get another identity.
      left.removeIf(file -> file.id().group().equals(groups.get(file.path())));
      left.forEach(this::leave);
    }
    gone.keySet().removeAll(now.keySet());
    taken.removeIf(id -> !now.containsKey(id) && !gone.containsKey(id));
    present = now;
    isAnySeen |= !now.isEmpty();
  }

  private void leave(CaptureFile file) {
    if (gone.size() < MOST_GONE) {
      gone.put(file.id(), file);
    } else if (!taken.contains(file.id())) {
      unnamed++;
    }
  }

  /** Captures that left the folder and were not judged yet, as they were seen last. */
  synchronized List<CaptureFile> gone() {
    return List.copyOf(gone.values());
  }

  /**
   * Reading has taken note.
   *
   * @param judged what {@link #gone} said
   * @param known the captures that reading knows from now on
   * @return how many more are lost, whose names were not kept
   */
  synchronized long took(Collection<CaptureFile> judged, Collection<CaptureFile> known) {
    judged.forEach(file -> gone.remove(file.id()));
    known.forEach(file -> taken.add(file.id()));
    isReading = true;
    long more = unnamed;
    unnamed = 0;
    return more;
  }

  /** True once a capture was seen. */
  synchronized boolean isAnySeen() {
    return isAnySeen;
  }

  /** Captures that came and went while reading waited: lost, since it has begun before them. */
  synchronized long unread() {
    List<CaptureId> unread = new ArrayList<>(gone.keySet());
    unread.removeAll(taken);
    return isReading ? unread.size() + unnamed : 0;
  }
}
