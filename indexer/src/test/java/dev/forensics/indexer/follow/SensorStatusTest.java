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
  void shouldFallBehindFromTheFirstTickOn() {
    status.begin(at(5));

    assertThat(lagAt(7)).isEqualTo(Duration.ofSeconds(2));
  }

  /**
   * Of indexers that share sensors, only the one that reads a sensor knows how far behind it is.
   */
  @Test
  void shouldNotFallBehindWhileAnotherIndexerReads() {
    assertThat(lagAt(3600)).isZero();

    status.begin(at(3601));
    status.lag(at(3602), 5_000, 1);
    status.failed(at(3603), new IllegalStateException("away"));
    status.released();

    assertThat(lagAt(7200)).isZero();
    assertThat(status.view(at(7200)).problem()).isEmpty();
  }

  private Duration lagAt(int second) {
    return status.view(at(second)).lag();
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
