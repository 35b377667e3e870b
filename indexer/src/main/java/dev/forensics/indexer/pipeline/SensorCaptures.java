package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.document.CaptureLookup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The captures of one sensor's run, numbered in the order in which they were first read. */
public final class SensorCaptures implements CaptureLookup {
  private final List<CaptureProgress> captures = new CopyOnWriteArrayList<>();

  /** Adds a capture; its number is the count before. */
  public CaptureProgress add(CaptureFile capture) {
    CaptureProgress progress = new CaptureProgress(capture);
    captures.add(progress);
    return progress;
  }

  /** The capture of this number. */
  public CaptureProgress get(int captureIndex) {
    return captures.get(captureIndex);
  }

  /** All captures in order. */
  public List<CaptureProgress> all() {
    return captures;
  }

  @Override
  public CaptureId id(int captureIndex) {
    return isKnown(captureIndex) ? captures.get(captureIndex).capture().id() : null;
  }

  @Override
  public String path(int captureIndex) {
    return isKnown(captureIndex) ? captures.get(captureIndex).capture().path().toString() : null;
  }

  private boolean isKnown(int captureIndex) {
    return captureIndex >= 0 && captureIndex < captures.size();
  }
}
