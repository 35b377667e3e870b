package dev.forensics.indexer.detect;

import java.time.Duration;
import java.util.Set;

/**
 * The settings of the detect room.
 *
 * @param httpsPorts server ports on which plaintext HTTP is an alarm
 * @param outcomeDeadline packet time after which a rule decides with what is known
 * @param identifyLimitBytes how many first bytes of a direction are kept until a protocol knows
 *     them
 * @param resyncLimitBytes how many bytes of a direction joined in its middle are searched for the
 *     beginning of a message
 * @param disabledRules ids of rules that are not asked
 */
public record DetectionSettings(
    Set<Integer> httpsPorts,
    Duration outcomeDeadline,
    int identifyLimitBytes,
    long resyncLimitBytes,
    Set<String> disabledRules) {

  /** Copies the sets and checks the ranges. */
  public DetectionSettings {
    httpsPorts = Set.copyOf(httpsPorts);
    disabledRules = Set.copyOf(disabledRules);
    if (identifyLimitBytes < 256 || identifyLimitBytes > 65_536) {
      throw new IllegalArgumentException("identifyLimitBytes must be 256..65536");
    }
    if (outcomeDeadline.isNegative() || outcomeDeadline.isZero()) {
      throw new IllegalArgumentException("outcomeDeadline must be positive");
    }
  }

  /** HTTPS on 443 and 8443, 60 s, 4 KiB, 4 MiB, all rules. */
  public static DetectionSettings defaults() {
    return new DetectionSettings(
        Set.of(443, 8443), Duration.ofSeconds(60), 4096, 4L << 20, Set.of());
  }

  /** These settings with other HTTPS ports. */
  public DetectionSettings withHttpsPorts(Set<Integer> ports) {
    return new DetectionSettings(
        ports, outcomeDeadline, identifyLimitBytes, resyncLimitBytes, disabledRules);
  }

  /** True when plaintext HTTP to this server port is an alarm. */
  public boolean isHttpsPort(int port) {
    return httpsPorts.contains(port);
  }
}
