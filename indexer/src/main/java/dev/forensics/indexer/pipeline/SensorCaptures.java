package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.document.CaptureLookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The captures of one sensor's run, numbered in the order in which they were first read. A capture
 * that is read in several goes has a number for each. Thread-safe; numbers are given by the reading
 * thread.
 */
public final class SensorCaptures implements CaptureLookup {
  private final Map<Integer, CaptureProgress> captures = new ConcurrentSkipListMap<>();
  private Consumer<CaptureProgress> onBegin = begun -> {};
  private int added;

  /** Hears of each capture whose first record of this run is about to be taken. */
  public void onBegin(Consumer<CaptureProgress> listener) {
    onBegin = listener;
  }

  void begin(CaptureProgress capture) {
    onBegin.accept(capture);
  }

  /** Adds a capture; its number is the count before. */
  public CaptureProgress add(CaptureFile capture) {
    CaptureProgress progress = new CaptureProgress(capture);
    add(progress);
    return progress;
  }

  /**
   * Adds a capture that goes on.
   *
   * @return its number
   */
  public int add(CaptureProgress progress) {
    captures.put(added, progress);
    return added++;
  }

  /** Gives a number to a capture that is there no more. */
  public void skip() {
    added++;
  }

  /** The capture of this number; it was not forgotten. */
  public CaptureProgress get(int captureIndex) {
    return captures.get(captureIndex);
  }

  /** All captures in order, the forgotten ones left out. */
  public List<CaptureProgress> all() {
    return List.copyOf(captures.values());
  }

  /** Forgets a capture that no open flow has packets of. */
  public void forget(int captureIndex) {
    captures.remove(captureIndex);
  }

  @Override
  public CaptureId id(int captureIndex) {
    CaptureProgress known = captures.get(captureIndex);
    return known == null ? null : known.capture().id();
  }

  @Override
  public String path(int captureIndex) {
    CaptureProgress known = captures.get(captureIndex);
    return known == null ? null : known.capture().path().toString();
  }

  @Override
  public long section(int captureIndex, long position) {
    CaptureProgress known = captures.get(captureIndex);
    return known == null ? PacketRecord.NO_SECTION : known.sections().of(position);
  }
}
