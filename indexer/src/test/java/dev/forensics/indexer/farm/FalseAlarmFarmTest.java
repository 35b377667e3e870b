package dev.forensics.indexer.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No kind of ordinary traffic gets a wrong name or a false alarm, but for what is said in {@link
 * #ODDS}. The number of flows of each kind: {@code -Dfarm.flows}.
 */
class FalseAlarmFarmTest {
  private static final long FLOWS = Long.getLong("farm.flows", 20_000);
  private static final long SEED = Long.getLong("farm.seed", 20_261_130);

  /** Beginning of a finding, and the part of flows that may have it, as its class says. */
  private static final Map<String, Double> ODDS =
      Map.of(
          "tls for ", 2e-6, // Records: 2^-21 a segment, joined in the middle
          "http for logs joined", 3e-5, // a line of a log, joined just at its HTTP/1.1 200
          "MEDIUM protocol-port-mismatch by http/null on logs", 3e-6,
          "LOW http-on-https-port by http/null on logs", 3e-6,
          "MEDIUM protocol-port-mismatch by tls/", 1e-6,
          "MEDIUM protocol-port-mismatch by null/tls", 1e-6,
          "INFORMATIONAL tls-on-unexpected-port", 2e-6);

  static Iterable<OrdinaryTraffic> kinds() {
    return Farm.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldGetNoWrongNameAndNoFalseAlarm(OrdinaryTraffic kind) {
    Farm farm = new Farm();
    farm.grow(kind, SEED, FLOWS);
    Map<String, Long> wrong = new TreeMap<>(farm.findings());
    wrong.entrySet().removeIf(finding -> isWithinOdds(finding.getKey(), finding.getValue()));
    assertThat(wrong).as("%d flows of seed %d", FLOWS, SEED).isEmpty();
  }

  private static boolean isWithinOdds(String finding, long count) {
    return ODDS.entrySet().stream()
        .anyMatch(
            odds -> finding.startsWith(odds.getKey()) && count <= 1 + 3 * odds.getValue() * FLOWS);
  }

  /** The farm would see it: a protocol's own traffic that is called something else. */
  @Test
  void shouldSeeAFalseName() {
    Farm farm = new Farm();
    farm.grow(
        random -> OrdinaryFlow.of("x", new DnsLookUps().flow(random).exchange(), 9), SEED, 50);
    assertThat(farm.findings()).containsOnlyKeys("dns for x");
  }
}
