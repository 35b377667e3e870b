package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SensorStatusTest {
  private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

  private final SensorStatus status = new SensorStatus(START);

  @Test
  void shouldBeCaughtUpBetweenTicksThatLeaveNothing() {
    status.begin(at(1));
    status.ticked(at(2));

    assertThat(lagAt(3600)).isZero();
  }

  /** Everything is read, but the tick waits until Elasticsearch has taken it. */
  @Test
  void shouldFallBehindWhileATickHangs() {
    status.begin(at(1));
    status.ticked(at(2));
    status.begin(at(10));
    status.lag(at(11), 0, 1);

    assertThat(lagAt(70)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void shouldFallBehindFromTheFirstTickThatFailed() {
    status.begin(at(1));
    status.ticked(at(2));
    status.begin(at(10));
    status.failed(at(11), new IllegalStateException("away"));
    status.begin(at(20));

    assertThat(lagAt(70)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void shouldFallBehindFromTheStartOn() {
    status.begin(at(5));

    assertThat(lagAt(7)).isEqualTo(Duration.ofSeconds(7));
  }

  private Duration lagAt(int second) {
    return status.view(at(second)).lag();
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
