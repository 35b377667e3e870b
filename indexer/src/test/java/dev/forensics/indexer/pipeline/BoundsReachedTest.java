package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundsReachedTest {
  @Test
  void shouldAddUpAndLeaveOutWhatWasNotReached() {
    BoundsReached bounds = new BoundsReached();
    long[] counts = {0, 3, 4};
    bounds.add(BoundsReached.STREAM_GAPS, () -> counts[0]);
    bounds.add(BoundsReached.FLOWS_EVICTED, () -> counts[1]);
    bounds.add(BoundsReached.FLOWS_EVICTED, () -> counts[2]);
    assertThat(bounds.counts()).hasSize(1).containsEntry("flows_evicted", 7L);
    counts[0] = 1;
    assertThat(bounds.counts()).hasSize(2).containsEntry("stream_gaps", 1L);
  }
}
