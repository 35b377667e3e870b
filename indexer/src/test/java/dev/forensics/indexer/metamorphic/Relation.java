package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Runs traffic and a variant of it, and tells what differs without being stated. */
final class Relation {
  private final Path folder;
  private int run;

  /**
   * @param folder for the files of the runs, which are deleted behind them
   */
  Relation(Path folder) {
    this.folder = folder;
  }

  /** The documents of the traffic as it is. */
  Documents plain(Traffic traffic) throws Exception {
    return documents(traffic, Storing.PLAIN, 1);
  }

  /**
   * What a transform changes though it does not say so.
   *
   * @param before documents of the traffic as it is
   */
  List<Change> broken(Traffic traffic, Documents before, Transform transform, long seed)
      throws Exception {
    Optional<Variant> variant = transform.of(traffic, new SplittableRandom(seed));
    return variant.isEmpty() ? List.of() : broken(before, variant.get());
  }

  private List<Change> broken(Documents before, Variant variant) throws Exception {
    Documents after = documents(variant.traffic(), variant.storing(), variant.workers());
    List<Change> changes = changes(variant.seen(before), variant.seen(after));
    changes.removeIf(variant.statement()::allows);
    for (String id : after.twice()) {
      if (!before.twice().contains(id)) {
        changes.add(Change.added("second document of id " + id, Map.of()));
      }
    }
    return changes;
  }

  /** All differences between two runs. */
  static List<Change> changes(
      Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
    List<Change> changes = new ArrayList<>();
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String about : all) {
      Map<String, String> was = before.get(about);
      Map<String, String> is = after.get(about);
      if (was == null) {
        changes.add(Change.added(about, is));
      } else if (is == null) {
        changes.add(Change.gone(about, was));
      } else {
        compare(about, was, is, changes);
      }
    }
    return changes;
  }

  private static void compare(
      String about, Map<String, String> was, Map<String, String> is, List<Change> into) {
    if (was.equals(is)) {
      return;
    }
    Set<String> fields = new TreeSet<>(was.keySet());
    fields.addAll(is.keySet());
    for (String field : fields) {
      Change change = Change.ofField(about, field, was, is);
      if (change.before() == null || !change.before().equals(change.after())) {
        into.add(change);
      }
    }
  }

  private Documents documents(Traffic traffic, Storing storing, int workers) throws Exception {
    List<Path> files = write(storing.files(traffic.packets()));
    try {
      return Documents.of(CollectedDocuments.of(files, workers));
    } finally {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private List<Path> write(List<byte[]> files) throws IOException {
    List<Path> written = new ArrayList<>();
    run++;
    for (byte[] file : files) {
      Path path = folder.resolve("run-%d-%05d".formatted(run, written.size()));
      written.add(Files.write(path, file));
    }
    return written;
  }
}
