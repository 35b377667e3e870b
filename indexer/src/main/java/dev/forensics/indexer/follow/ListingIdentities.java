package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.capture.SkippedFile;
import dev.forensics.indexer.index.CaptureLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the captures of a one-time run the identities by which the ledger knows them: another
 * capture with the same first packet, read by an earlier run, keeps its entry and its documents.
 */
public final class ListingIdentities {
  private ListingIdentities() {}

  /**
   * The same captures.
   *
   * @param sensor whose captures they are
   * @param ledger of earlier runs
   * @throws IOException when the ledger cannot be read
   */
  public static CaptureListing resolve(CaptureListing listing, String sensor, CaptureLedger ledger)
      throws IOException {
    List<CaptureFile> files = listing.ready();
    Map<Path, CaptureId> beside = new HashMap<>();
    files.stream()
        .filter(file -> file.id().isBesideAnother())
        .forEach(file -> beside.put(file.path(), file.id()));
    FolderScan.Found found = new FolderScan.Found(files, beside, List.of(), files, List.of());
    List<CaptureFile> resolved =
        new CaptureIdentities(sensor, ledger).resolve(found, List.of()).captures();
    return new CaptureListing(resolved, skipped(listing, resolved), listing.failures());
  }

  private static List<SkippedFile> skipped(CaptureListing listing, List<CaptureFile> resolved) {
    Set<Path> read = new HashSet<>();
    resolved.forEach(file -> read.add(file.path()));
    List<SkippedFile> skipped = new ArrayList<>(listing.skipped());
    listing.ready().stream()
        .filter(file -> !read.contains(file.path()))
        .map(file -> new SkippedFile(file.path(), SkippedFile.Reason.DUPLICATE, "read before"))
        .forEach(skipped::add);
    return skipped;
  }
}
