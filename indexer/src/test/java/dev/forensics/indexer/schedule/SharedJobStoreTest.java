package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node's share: all shares together suffice, and none is idle for want of one. */
class SharedJobStoreTest {
  @ParameterizedTest
  @CsvSource({"4, 1, 4", "4, 2, 2", "5, 2, 3", "1, 3, 1", "0, 2, 1", "7, 3, 3", "3, 0, 3"})
  void shouldShareAlike(int sensors, int nodes, int share) {
    assertThat(SharedJobStore.share(sensors, nodes)).isEqualTo(share);
    assertThat(share * Math.max(1, nodes)).isGreaterThanOrEqualTo(sensors);
  }
}
