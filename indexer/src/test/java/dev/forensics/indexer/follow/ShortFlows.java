package dev.forensics.indexer.follow;

import dev.forensics.indexer.flow.FlowSettings;
import java.time.Duration;

/** Time-outs so short that flows end and are cut all the time in a capture of seconds. */
public final class ShortFlows {
  private ShortFlows() {}

  /** As a part of a sensor's configuration. */
  public static final String YAML =
      "{ tcp_idle: 300ms, udp_idle: 100ms, closed_linger: 50ms, active: 400ms }";

  /** The same as settings. */
  public static FlowSettings settings() {
    FlowSettings defaults = FlowSettings.defaults();
    return new FlowSettings(
        defaults.maxFlows(),
        defaults.maxBytes(),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        defaults.icmpIdle(),
        defaults.otherIdle(),
        Duration.ofMillis(50),
        Duration.ofMillis(400),
        defaults.reassemblyBytesPerDirection(),
        defaults.reassemblyBytesTotal(),
        defaults.packetPointers(),
        defaults.vlanInKey(),
        defaults.tunnelInKey());
  }
}
