package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** libpcap counts in 32 bits. */
class PacketCountsTest {
  @Test
  void shouldCountOnPast32Bits() {
    PacketCounts counts =
        PacketCounts.NONE
            .advancedTo(new PacketCounts(0xFFFFFFF0L, 5, 0xFFFFFFFFL))
            .advancedTo(new PacketCounts(0x10L, 5, 0));

    assertThat(counts).isEqualTo(new PacketCounts(0x1_0000_0010L, 5, 0x1_0000_0000L));
  }

  @Test
  void shouldCountOverAndOver() {
    PacketCounts counts = PacketCounts.NONE;
    for (int i = 1; i <= 10; i++) {
      counts = counts.advancedTo(new PacketCounts((i * 3_000_000_000L) & 0xFFFFFFFFL, 0, 0));
    }

    assertThat(counts.received()).isEqualTo(30_000_000_000L);
  }
}
