package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.flow.FlowSettings;

/**
 * How one sensor's packets are turned into documents.
 *
 * @param name the sensor, part of every flow's id
 * @param workers threads that track flows, 1 or more, beside the one that reads
 * @param flow bounds and time-outs of the whole sensor, divided among the workers
 * @param detection what the rules need to know
 */
public record SensorSettings(
    String name, int workers, FlowSettings flow, DetectionSettings detection) {
  /** Checks the ranges. */
  public SensorSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("a sensor needs a worker: " + workers);
    }
  }

  /** One worker, the defaults of every room. */
  public static SensorSettings defaults(String name) {
    return new SensorSettings(name, 1, FlowSettings.defaults(), DetectionSettings.defaults());
  }
}
