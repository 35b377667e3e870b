package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
  private final AtomicInteger noticed = new AtomicInteger();
  private long wallMillis = 1_700_000_000_000L;
  private long elapsedNanos;
  private final ClockSteps steps =
      new ClockSteps(() -> wallMillis, () -> elapsedNanos, noticed::incrementAndGet);

  private void pass(long seconds, long wallSeconds) {
    elapsedNanos += TimeUnit.SECONDS.toNanos(seconds);
    wallMillis += TimeUnit.SECONDS.toMillis(wallSeconds);
    steps.look();
  }

  @Test
  void shouldNoticeThatTheClockWasSet() {
    pass(1, 1);
    assertThat(noticed).hasValue(0);
    pass(1, -7_200);
    assertThat(noticed).hasValue(1);
    pass(1, 1);
    assertThat(noticed).hasValue(1);
    pass(1, 7_202);
    assertThat(noticed).hasValue(2);
  }

  @Test
  void shouldNotTakeALateLookOrASlowClockForAStep() {
    pass(3_600, 3_600);
    for (int i = 0; i < 100; i++) {
      pass(10, i % 2 == 0 ? 11 : 9);
    }
    assertThat(noticed).hasValue(0);
  }
}
