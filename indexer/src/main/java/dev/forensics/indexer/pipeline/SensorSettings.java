package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.flow.FlowSettings;

/**
 * How one sensor's packets are turned into documents.
 *
 * @param name the sensor, part of every flow's id
 * @param workers threads that track flows, 1 or more, beside the one that reads
 * @param flow bounds and time-outs of the whole sensor, divided among the workers
 * @param detection what the rules need to know
 * @param tunnelPorts where its network's tunnels stand beside the well-known ports
 * @param memory what it may remember beside its flows
 */
public record SensorSettings(
    String name,
    int workers,
    FlowSettings flow,
    DetectionSettings detection,
    TunnelPorts tunnelPorts,
    MemoryShare memory) {
  /** Checks the ranges. */
  public SensorSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("a sensor needs a worker: " + workers);
    }
  }

  /** No tunnels but on well-known ports, and the heap for itself. */
  public SensorSettings(String name, int workers, FlowSettings flow, DetectionSettings detection) {
    this(name, workers, flow, detection, TunnelPorts.NONE, MemoryShare.WHOLE);
  }

  /** One worker, the defaults of every room. */
  public static SensorSettings defaults(String name) {
    return new SensorSettings(name, 1, FlowSettings.defaults(), DetectionSettings.defaults());
  }
}
