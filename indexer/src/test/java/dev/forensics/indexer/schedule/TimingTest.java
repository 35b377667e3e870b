package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An interval or a cron expression. */
class TimingTest {
  @Test
  void shouldRefuseNeitherAndBoth() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Timing(null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timing(Duration.ofSeconds(1), "0 * * * * ?"));
  }
}
