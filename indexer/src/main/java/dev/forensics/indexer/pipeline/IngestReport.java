package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.CaptureFailure;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.SkippedFile;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SinkCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run did. Its counts add up: packets = decoded + stops; documents = indexed + duplicates +
 * deadLettered.
 *
 * @param captures captures read, broken ones included
 * @param packets records read
 * @param bytes bytes of these packets on the wire
 * @param decoded packets handed to the flow table
 * @param stops packets that stopped earlier, by layer and reason
 * @param flows flow documents
 * @param alarms alarm documents
 * @param bounds how often each bound of memory was reached, those that were; see {@link
 *     BoundsReached}
 * @param memory the most that each kind of state took, and what it may take; see {@link MemoryUsed}
 * @param documents what became of the documents; all zero for a run without output
 * @param nanos wall time of the run
 * @param failures what could not be read, with the reason
 * @param warnings captures with a cut-off last record, link types without decoder
 * @param skipped files left out on purpose
 */
public record IngestReport(
    int captures,
    long packets,
    long bytes,
    long decoded,
    Map<String, Long> stops,
    long flows,
    long alarms,
    Map<String, Long> bounds,
    Map<String, MemoryUse> memory,
    SinkCounts documents,
    long nanos,
    List<CaptureFailure> failures,
    List<String> warnings,
    List<SkippedFile> skipped) {

  static IngestReport of(
      CaptureListing listing,
      SensorCaptures captures,
      SortedMap<Integer, Long> linkTypes,
      Bounds bounds,
      DocumentSink sink,
      long nanos) {
    Map<String, Long> stops = new TreeMap<>();
    List<CaptureFailure> failures = new ArrayList<>(listing.failures());
    List<String> warnings = new ArrayList<>();
    for (CaptureProgress one : captures.all()) {
      one.stops().forEach((stop, count) -> stops.merge(stop, count, Long::sum));
      Path path = one.capture().path();
      if (one.oddity() != null) {
        warnings.add(one.oddity());
      }
      if (one.interfaces().dropped() > 0) {
        warnings.add(path + ": " + one.interfaces().words());
      }
      if (one.failure() != null) {
        failures.add(new CaptureFailure(path, one.failure()));
        continue;
      }
      if (one.damages() > 0) {
        failures.add(new CaptureFailure(path, one.damage() + others(one.damages())));
      }
      if (one.trailingBytes() > 0) {
        warnings.add(
            "%s: at byte %d: the last record is cut off, %d bytes of it are there"
                .formatted(path, one.position(), one.trailingBytes()));
      }
    }
    linkTypes.forEach(
        (number, packets) ->
            warnings.add(
                "link type %d is not supported: %d packets were not looked at"
                    .formatted(number, packets)));
    List<CaptureProgress> all = captures.all();
    return new IngestReport(
        all.size(),
        all.stream().mapToLong(CaptureProgress::packets).sum(),
        all.stream().mapToLong(CaptureProgress::bytes).sum(),
        all.stream().mapToLong(CaptureProgress::decoded).sum(),
        stops,
        all.stream().mapToLong(CaptureProgress::flows).sum(),
        all.stream().mapToLong(CaptureProgress::alarms).sum(),
        bounds.reached().counts(),
        bounds.used().byKind(),
        sink == null ? new SinkCounts(0, 0, 0, 0, 0) : sink.counts(),
        nanos,
        failures,
        warnings,
        listing.skipped());
  }

  private static String others(long damages) {
    return damages == 1 ? "" : " (and %d more such places)".formatted(damages - 1);
  }

  /** Packets that stopped before their transport header. */
  public long stopped() {
    return stops.values().stream().mapToLong(Long::longValue).sum();
  }
}
