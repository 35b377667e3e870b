package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.CaptureDamage;
import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFailureListener;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.document.CaptureDocuments;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureState;
import dev.forensics.indexer.index.DocumentSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * One run over a list of captures: all of them in order of packet time, then the open flows, then
 * the captures' own documents.
 */
public final class Ingest {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final SensorAssembly assembly;
  private final DocumentSink sink;
  private final SensorCaptures captures = new SensorCaptures();

  /**
   * @param assembly the sensor's parts
   * @param sink takes the documents; null for a run without output
   */
  public Ingest(SensorAssembly assembly, DocumentSink sink) {
    this.assembly = assembly;
    this.sink = sink;
  }

  /** The captures of the run, for showing progress from another thread. */
  public SensorCaptures captures() {
    return captures;
  }

  /**
   * Reads everything. Broken captures are in the report; the others are read all the same.
   *
   * @throws IOException when documents could not be delivered
   */
  public IngestReport run(CaptureListing listing) throws IOException, InterruptedException {
    long started = System.nanoTime();
    SortedMap<Integer, Long> linkTypes;
    Bounds bounds;
    List<CaptureFile> files = listing.ready();
    files.forEach(captures::add);
    try (SensorPipeline pipeline = open();
        MergedReader reader =
            new MergedReader(files, pipeline.blocks(), new Troubles(), pipeline.clock())) {
      pipeline.read(reader);
      pipeline.endFlows();
      for (int i = 0; i < files.size(); i++) {
        captures.get(i).reached(reader.position(i), reader.captures().trailingBytes(i));
        captures.get(i).interfaces(reader.captures().interfaces(i));
      }
      linkTypes = pipeline.unsupportedLinkTypes();
      bounds = pipeline.bounds();
    }
    if (sink != null) {
      writeCaptures();
      sink.flush();
    }
    return IngestReport.of(listing, captures, linkTypes, bounds, sink, System.nanoTime() - started);
  }

  private SensorPipeline open() {
    int open = MergedReader.MAX_OPEN;
    return sink == null
        ? assembly.counting(captures, open)
        : assembly.writingTo(sink, captures, open);
  }

  private final class Troubles implements CaptureFailureListener {
    @Override
    public void captureFailed(int captureIndex, CaptureException problem) {
      captures.get(captureIndex).failed(problem.getMessage());
    }

    @Override
    public void captureDamaged(int captureIndex, CaptureDamage damage) {
      captures.get(captureIndex).damaged(damage);
    }

    @Override
    public void captureOdd(int captureIndex, String words) {
      captures.get(captureIndex).odd(words);
    }
  }

  private void writeCaptures() throws IOException, InterruptedException {
    CaptureDocuments documents = new CaptureDocuments();
    for (CaptureProgress progress : captures.all()) {
      sink.accept(documents.write(entry(progress)));
    }
  }

  private CaptureEntry entry(CaptureProgress progress) {
    CaptureEntry entry = progress.entry(assembly.settings().name());
    entry.state = progress.failure() == null ? CaptureState.DONE : CaptureState.FAILED;
    entry.node = "ingest";
    entry.lastRecord = progress.lastRecord();
    long now = nanos(assembly.clock().instant());
    entry.seenNanos = now;
    entry.finishedNanos = now;
    entry.updatedNanos = now;
    return entry;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
