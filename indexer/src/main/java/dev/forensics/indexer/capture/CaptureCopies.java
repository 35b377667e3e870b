package dev.forensics.indexer.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which files hold the same capture: those of which one is the beginning of the other, as a
 * growing, cut or damaged copy is. Files that share only their first records are captures of their
 * own.
 *
 * <p>Only files with the same first record are compared, record by record up to where they differ
 * or one ends. What was compared is remembered; of files that have grown, only what is new is read.
 * Not thread-safe.
 */
final class CaptureCopies {
  private IdentityHashMap<CaptureFile, IdentityHashMap<CaptureFile, SharedRecords>> compared =
      new IdentityHashMap<>();
  private IdentityHashMap<CaptureFile, IdentityHashMap<CaptureFile, SharedRecords>> now =
      new IdentityHashMap<>();

  /**
   * What the files are.
   *
   * @param captures each capture once, from the file that has most of it, in no order; of a group,
   *     one has the group's identity
   * @param beside by path, the identities that captures have beside the others of their group
   * @param copies files that are left out
   */
  record Sorted(
      List<CaptureFile> captures, Map<java.nio.file.Path, CaptureId> beside, List<Copy> copies) {}

  /**
   * A file that is left out.
   *
   * @param file the file
   * @param read the file from which its capture is read
   * @param records that it has of it
   */
  record Copy(CaptureFile file, CaptureFile read, long records) {
    SkippedFile skipped() {
      return new SkippedFile(
          file.path(),
          SkippedFile.Reason.DUPLICATE,
          "its %d packets are read from %s".formatted(records, read.path()));
    }
  }

  /** One capture: the file that has most of it, and the others. */
  private static final class Cluster {
    private CaptureFile best;
    private final List<CaptureFile> others = new ArrayList<>();

    Cluster(CaptureFile file) {
      best = file;
    }
  }

  /** Compares files; their identities are those of their groups. */
  Sorted sort(Collection<CaptureFile> files) {
    now = new IdentityHashMap<>();
    Map<CaptureId, List<CaptureFile>> groups = new LinkedHashMap<>();
    files.forEach(f -> groups.computeIfAbsent(f.id(), id -> new ArrayList<>()).add(f));
    Sorted sorted = new Sorted(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    groups.values().forEach(group -> sort(group, sorted));
    compared = now;
    return sorted;
  }

  private void sort(List<CaptureFile> group, Sorted into) {
    if (group.size() == 1) {
      into.captures.add(group.get(0));
      return;
    }
    List<Cluster> clusters = new ArrayList<>();
    group.sort(Comparator.comparing(CaptureFile::path));
    group.forEach(file -> add(file, clusters));
    clusters.sort((one, other) -> order(one.best, other.best));
    for (int i = 0; i < clusters.size(); i++) {
      Cluster cluster = clusters.get(i);
      CaptureId beside = clusters.size() == 1 ? cluster.best.id() : beside(cluster, clusters);
      CaptureFile capture = i == 0 ? cluster.best : cluster.best.as(beside);
      into.captures.add(capture);
      into.beside.put(capture.path(), beside);
      for (CaptureFile other : cluster.others) {
        into.copies.add(new Copy(other, capture, compare(cluster.best, other).records()));
      }
    }
  }

  private void add(CaptureFile file, List<Cluster> clusters) {
    for (Cluster cluster : clusters) {
      SharedRecords shared = compare(cluster.best, file);
      if (!shared.areTwo()) {
        boolean isBetter = isBetter(file, cluster.best, shared);
        cluster.others.add(isBetter ? cluster.best : file);
        cluster.best = isBetter ? file : cluster.best;
        return;
      }
    }
    clusters.add(new Cluster(file));
  }

  private static boolean isBetter(CaptureFile file, CaptureFile best, SharedRecords shared) {
    if (shared.otherPrint() != null || shared.onePrint() != null) {
      return shared.otherPrint() != null;
    }
    return file.compression() == Compression.NONE && best.compression() != Compression.NONE;
  }

  /** By content alone: the record at which they differ decides. */
  private int order(CaptureFile one, CaptureFile other) {
    SharedRecords shared = compare(one, other);
    return shared.areTwo() ? shared.onePrint().compareTo(shared.otherPrint()) : 0;
  }

  private CaptureId beside(Cluster cluster, List<Cluster> clusters) {
    long number = 0;
    String print = "";
    for (Cluster other : clusters) {
      SharedRecords shared = compare(cluster.best, other.best);
      if (other != cluster && shared.areTwo() && shared.records() >= number) {
        number = shared.records() + 1;
        print = shared.onePrint();
      }
    }
    return cluster.best.id().beside(number, print);
  }

  private SharedRecords compare(CaptureFile one, CaptureFile other) {
    if (one.path().compareTo(other.path()) > 0) {
      return compare(other, one).turned();
    }
    IdentityHashMap<CaptureFile, SharedRecords> row =
        now.computeIfAbsent(one, f -> new IdentityHashMap<>());
    SharedRecords known = row.get(other);
    if (known == null) {
      known = compareAnew(one, other);
      row.put(other, known);
    }
    return known;
  }

  private SharedRecords compareAnew(CaptureFile one, CaptureFile other) {
    SharedRecords same = compared.getOrDefault(one, new IdentityHashMap<>()).get(other);
    if (same != null) {
      return same;
    }
    SharedRecords before = before(one, other);
    return before == null ? SharedRecords.of(one, other) : before.goOn(one, other);
  }

  /** What the same two files had in common when they were shorter; null when that is not known. */
  private SharedRecords before(CaptureFile one, CaptureFile other) {
    for (var row : compared.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        if (hasGrown(row.getKey(), one)
            && hasGrown(cell.getKey(), other)
            && !cell.getValue().areTwo()) {
          return cell.getValue();
        }
      }
    }
    return null;
  }

  private static boolean hasGrown(CaptureFile before, CaptureFile now) {
    return before.path().equals(now.path())
        && before.id().equals(now.id())
        && now.compression() == Compression.NONE
        && before.compression() == Compression.NONE
        && before.sizeBytes() <= now.sizeBytes();
  }
}
