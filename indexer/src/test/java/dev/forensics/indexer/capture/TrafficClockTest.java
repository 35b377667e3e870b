package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrafficClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_790_000_000L * SECOND;
  private static final long ASTRAY = 3_976_214_400L * SECOND;

  private final TrafficClock clock = new TrafficClock();

  private void pass(long nanos, Dating dating, int capture) {
    PacketRecord record = new PacketRecord();
    record.timestampNanos = nanos;
    record.turnNanos = nanos;
    record.dating = dating;
    clock.pass(record, capture);
  }

  @Test
  void shouldFollowCapturesOfOneRecord() {
    for (int i = 0; i < 20; i++) {
      pass(START + i * 600L * SECOND, Dating.UNDECIDED, i);
    }
    assertThat(clock.nanos()).isGreaterThan(START + 10 * 600L * SECOND);
  }

  /** Each capture has a packet of 2096 behind, or before, one of its own time. */
  @Test
  void shouldNotBelieveOutliersOfManyCaptures() {
    for (int i = 0; i < 40; i++) {
      boolean isFirst = i % 3 == 1;
      pass(isFirst ? ASTRAY + i : START + i * 600L * SECOND, Dating.UNDECIDED, i);
      pass(isFirst ? START + i * 600L * SECOND : ASTRAY + i, Dating.UNDECIDED, i);
      assertThat(clock.nanos()).isLessThanOrEqualTo(START + i * 600L * SECOND);
    }
    assertThat(clock.nanos()).isGreaterThan(START + 20 * 600L * SECOND);
  }

  @Test
  void shouldNotBelieveOutliersAmidBelievedRecords() {
    pass(START, Dating.BELIEVED, 0);
    for (int i = 1; i < 40; i++) {
      pass(START + i * SECOND, Dating.BELIEVED, i);
      pass(ASTRAY + i, Dating.UNDECIDED, i);
    }
    assertThat(clock.nanos()).isEqualTo(START + 39 * SECOND);
  }
}
