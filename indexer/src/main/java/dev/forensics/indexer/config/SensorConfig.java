package dev.forensics.indexer.config;

import dev.forensics.indexer.pipeline.SensorSettings;
import dev.forensics.indexer.schedule.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One sensor of the service.
 *
 * @param captures folder that its captures are written to
 * @param include file name patterns (globs) that are looked at; empty for all
 * @param exclude file name patterns that are not
 * @param timing when it is looked at
 * @param quiet wall time without a new packet after which its open flows are ended and a capture
 *     with a cut-off record counts as closed
 * @param adopts HOST:FOLDER whose progress is taken over; null for none
 * @param settings how its packets are turned into documents
 */
public record SensorConfig(
    Path captures,
    List<String> include,
    List<String> exclude,
    Timing timing,
    Duration quiet,
    String adopts,
    SensorSettings settings) {
  /** The sensor's name. */
  public String name() {
    return settings.name();
  }
}
