package dev.forensics.indexer.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The captures behind a list of paths, in the order they have to be read.
 *
 * <p>A path is a file or a folder; folders are searched to any depth. A file that is named has to
 * be a capture; a file that is merely found in a folder and is none is skipped. A capture that is
 * there several times (renamed, linked, compressed, cut off) is read once: from the copy that has
 * most records of it, uncompressed rather than compressed when they have the same. Captures that
 * share their first records and go on otherwise are each read.
 *
 * @param ready captures to read, by the time of their first packet, then by id
 * @param skipped what is left out on purpose
 * @param failures what should have been read and cannot be
 */
public record CaptureListing(
    List<CaptureFile> ready, List<SkippedFile> skipped, List<CaptureFailure> failures) {

  /** Fixes the lists. */
  public CaptureListing {
    ready = List.copyOf(ready);
    skipped = List.copyOf(skipped);
    failures = List.copyOf(failures);
  }

  /** Looks at every file behind the paths; broken ones end up in {@link #failures}. */
  public static CaptureListing of(List<Path> paths) {
    return new Builder().list(paths);
  }

  private static final class Builder {
    private final List<SkippedFile> skipped = new ArrayList<>();
    private final List<CaptureFailure> failures = new ArrayList<>();
    private final List<CaptureFile> found = new ArrayList<>();
    private final Set<Path> looked = new LinkedHashSet<>();

    CaptureListing list(List<Path> paths) {
      for (Path path : paths) {
        if (Files.isDirectory(path)) {
          new FolderWalk(path, skipped, failures).walk().forEach(file -> look(file, false));
        } else {
          look(path, true);
        }
      }
      CaptureCopies.Sorted sorted = new CaptureCopies().sort(found);
      sorted.copies().forEach(copy -> skipped.add(copy.skipped()));
      List<CaptureFile> ready = new ArrayList<>(sorted.captures());
      ready.sort(
          Comparator.comparingLong(CaptureFile::firstPacketNanos)
              .thenComparing(capture -> capture.id().value()));
      return new CaptureListing(ready, skipped, failures);
    }

    private void look(Path path, boolean named) {
      if (!looked.add(path.toAbsolutePath().normalize())) {
        return;
      }
      try {
        CaptureProbe probe = named ? CaptureFile.probe(path) : CaptureOpener.inspect(path);
        if (probe == null) {
          skip(path, SkippedFile.Reason.NOT_A_CAPTURE);
        } else {
          take(probe);
        }
      } catch (ForeignFormatException e) {
        if (named) {
          failures.add(new CaptureFailure(path, e.getMessage()));
        } else {
          String advice = e.format().advice();
          skipped.add(new SkippedFile(path, SkippedFile.Reason.FOREIGN_FORMAT, advice));
        }
      } catch (CaptureException e) {
        if (!named && !Files.exists(path)) {
          skip(path, SkippedFile.Reason.VANISHED);
        } else {
          failures.add(new CaptureFailure(path, e.getMessage()));
        }
      }
    }

    private void take(CaptureProbe probe) {
      switch (probe.state()) {
        case EMPTY -> skip(probe.path(), SkippedFile.Reason.EMPTY);
        case NO_PACKET -> skip(probe.path(), SkippedFile.Reason.NO_PACKET);
        case READY -> found.add(probe.capture().orElseThrow());
      }
    }

    private void skip(Path path, SkippedFile.Reason reason) {
      skipped.add(new SkippedFile(path, reason, ""));
    }
  }
}
