package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Looks at a folder again and again and tells which captures lie in it now. Only files that changed
 * since the last look are opened: by inode, length, modification or status change time, so that a
 * name that a ring buffer used again is noticed even when length and modification time are equal.
 * Not thread-safe.
 */
public final class FolderScan {
  /** Files that are opened in no time: a look that needs no more is not worth ending. */
  private static final int OPENED_IN_SPITE = 64;

  /** How often the folder is looked at again while somebody moves its files about. */
  private static final int LOOKS = 8;

  private static final Comparator<CaptureFile> ORDER =
      Comparator.comparingLong(CaptureFile::firstPacketNanos)
          .thenComparing(file -> file.id().value());

  /** A hole before the first packet is not filled any more when nobody has written for so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final List<PathMatcher> include;
  private final List<PathMatcher> exclude;
  private final CaptureCopies copies = new CaptureCopies();
  private Map<Path, Known> known = new HashMap<>();
  private volatile boolean isStopped;
  private volatile long opened;

  /**
   * What lies in the folder.
   *
   * @param captures each capture once, by the time of the first packet, then by id; of those that
   *     share their first record, one has the group's identity, whichever the sensor met first
   * @param beside by path, the identities that captures of such a group have beside the others
   * @param copies files that are left out, since the same capture is read from another
   * @param files every file with a capture, copies of one another included, in the same order
   * @param failures files that cannot be read or are broken at their beginning
   */
  public record Found(
      List<CaptureFile> captures,
      Map<Path, CaptureId> beside,
      List<SkippedFile> copies,
      List<CaptureFile> files,
      List<CaptureFailure> failures) {

    /** The same with the identities by which a sensor knows the captures. */
    public Found as(List<CaptureFile> known) {
      return new Found(known.stream().sorted(ORDER).toList(), beside, copies, files, failures);
    }
  }

  private record Stamp(Object fileKey, long size, Object modified, Object changed) {}

  private record Known(Stamp stamp, CaptureProbe probe, CaptureFailure failure) {
    /** The first packet may be in zeros that are filled yet: it would be another capture then. */
    boolean isWaiting() {
      return probe != null
          && probe.isBehindHole()
          && stamp.modified instanceof FileTime written
          && Duration.between(written.toInstant(), Instant.now()).compareTo(PATIENCE) < 0;
    }
  }

  private record Listing(Set<Path> files, List<CaptureFailure> failures) {
    static Listing of(FolderScan scan) {
      List<CaptureFailure> failures = new ArrayList<>();
      Set<Path> files = new LinkedHashSet<>();
      for (Path file : new FolderWalk(scan.folder, new ArrayList<>(), failures).walk()) {
        if (scan.isWanted(file.getFileName())) {
          files.add(file);
        }
      }
      return new Listing(files, failures);
    }
  }

  /**
   * @param include globs on file names; empty for all
   * @param exclude globs on file names that are left out
   */
  public FolderScan(Path folder, List<String> include, List<String> exclude) {
    this.folder = folder;
    this.include = matchers(include);
    this.exclude = matchers(exclude);
  }

  /** A look that opens many files ends, now and later; for another thread. */
  public void stop() {
    isStopped = true;
  }

  /** Files that were opened to see what they hold, by all looks so far; for any thread. */
  public long opened() {
    return opened;
  }

  /**
   * Looks at the folder now. A folder that is not there is a failure, not an exception.
   *
   * @throws ScanStoppedException after {@link #stop}, where more than a few files are to be opened
   */
  public Found scan() throws ScanStoppedException {
    if (!Files.isDirectory(folder)) {
      String problem = folder + ": is not a folder, or cannot be reached";
      return new Found(
          List.of(), Map.of(), List.of(), List.of(), List.of(new CaptureFailure(folder, problem)));
    }
    Listing listing = list(known.keySet());
    Map<Path, Known> next = new HashMap<>();
    for (int looks = 0; looks < LOOKS && !lookAt(listing.files, next); looks++) {
      listing = list(Set.of());
    }
    known = next;
    List<CaptureFailure> failures = new ArrayList<>(listing.failures);
    next.values().stream().map(Known::failure).filter(Objects::nonNull).forEach(failures::add);
    List<CaptureFile> files = files(next);
    CaptureCopies.Sorted sorted = copies.sort(files);
    return new Found(
        sorted.captures().stream().sorted(ORDER).toList(),
        sorted.beside(),
        sorted.copies().stream().map(CaptureCopies.Copy::skipped).toList(),
        files,
        failures);
  }

  /**
   * The names under the folder. What is moved while they are listed may be found at neither place,
   * so they are listed until two listings agree, or one agrees with what was there before.
   */
  private Listing list(Set<Path> before) {
    Listing listing = Listing.of(this);
    Set<Path> same = before;
    for (int looks = 0; looks < LOOKS && !listing.files.equals(same); looks++) {
      same = listing.files;
      listing = Listing.of(this);
    }
    return listing;
  }

  /** False when a file was gone by the time it was looked at: it may lie elsewhere now. */
  private boolean lookAt(Set<Path> files, Map<Path, Known> next) throws ScanStoppedException {
    next.clear();
    boolean isComplete = true;
    long before = opened;
    for (Path file : files) {
      if (isStopped && opened - before >= OPENED_IN_SPITE) {
        throw new ScanStoppedException();
      }
      isComplete &= look(file, next);
    }
    return isComplete;
  }

  private boolean isWanted(Path name) {
    boolean included = include.isEmpty() || include.stream().anyMatch(m -> m.matches(name));
    return included && exclude.stream().noneMatch(m -> m.matches(name));
  }

  private boolean look(Path file, Map<Path, Known> next) {
    try {
      Stamp stamp = stamp(file);
      Known before = known.get(file);
      boolean same = before != null && before.stamp.equals(stamp) && !before.isWaiting();
      Known found = same ? before : probe(file, stamp);
      if (found.failure != null && !Files.exists(file)) {
        return false;
      }
      next.put(file, found);
      return true;
    } catch (IOException e) {
      return false; // gone since it was listed
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread looks at a time
  private Known probe(Path file, Stamp stamp) {
    opened++;
    try {
      return new Known(stamp, CaptureOpener.inspect(file), null);
    } catch (CaptureException e) {
      return new Known(stamp, null, new CaptureFailure(file, e.getMessage()));
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(file, "unix:fileKey,size,lastModifiedTime,ctime");
    return new Stamp(
        all.get("fileKey"),
        ((Number) all.get("size")).longValue(),
        all.get("lastModifiedTime"),
        all.get("ctime"));
  }

  private static List<CaptureFile> files(Map<Path, Known> files) {
    return files.values().stream()
        .filter(file -> !file.isWaiting())
        .map(Known::probe)
        .filter(probe -> probe != null && probe.capture().isPresent())
        .map(probe -> probe.capture().get())
        .sorted(ORDER.thenComparing(CaptureFile::path))
        .toList();
  }

  private static List<PathMatcher> matchers(List<String> globs) {
    return globs.stream()
        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
        .toList();
  }
}
