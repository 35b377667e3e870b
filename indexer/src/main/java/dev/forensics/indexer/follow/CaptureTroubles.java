package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureDamage;
import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFailureListener;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.ReadFailedException;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what is wrong with captures of a followed sensor, in the log and in their entries. */
final class CaptureTroubles implements CaptureFailureListener {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureTroubles.class);

  private final String sensor;
  private final SensorStatus status;
  private final IntFunction<FollowedCapture> numbered;
  private MergedReader reader;

  /**
   * Troubles of one sensor.
   *
   * @param numbered gives the capture of a number
   */
  CaptureTroubles(String sensor, SensorStatus status, IntFunction<FollowedCapture> numbered) {
    this.sensor = sensor;
    this.status = status;
    this.numbered = numbered;
  }

  void readWith(MergedReader merged) {
    reader = merged;
  }

  /**
   * Where the system cannot read, the tick fails and tells; the next one begins again from the
   * commit, as long as the file is there.
   */
  @Override
  public void captureFailed(int number, CaptureException problem) {
    if (ReadFailedException.isBehind(problem) && reader.captures().file(number).isWhereItWas()) {
      String words = ": it is tried again; to go on without it, move it away";
      throw new UncheckedIOException(problem.getMessage() + words, problem);
    }
    FollowedCapture capture = numbered.apply(number);
    capture.failed(problem.getMessage());
    if (!capture.wasAtEnd && !reader.captures().file(number).isWhereItWas()) {
      reader.hold(); // it is found elsewhere by the next tick, and comes before later captures
    }
  }

  @Override
  public void captureDamaged(int number, CaptureDamage damage) {
    if (numbered.apply(number).progress.damaged(damage)) {
      status.captureDamaged();
      LOG.warn("sensor={} {}", sensor, damage.problem());
    }
  }

  @Override
  public void captureOdd(int number, String words) {
    if (numbered.apply(number).progress.odd(words)) {
      LOG.warn("sensor={} {}", sensor, words);
    }
  }

  /** Tells once when the capture says of its interfaces that packets were lost. */
  void interfaces(FollowedCapture capture, CaptureInterfaces told) {
    if (capture.progress.interfaces(told)) {
      LOG.warn(
          "sensor={} {}: the writer lost packets: {}",
          sensor,
          capture.progress.capture().path(),
          told.words());
    }
  }
}
