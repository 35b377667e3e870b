package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Later files have greater names. */
class RingNameTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:00.123456789Z");

  @Test
  void shouldTellTimeAndNumber() {
    assertThat(RingName.first("eth0", NOW).fileName())
        .isEqualTo("eth0_20261122T101500Z_00000001.pcap");
  }

  @Test
  void shouldGrowWhateverTheClockDoes() {
    Random random = new Random(11);
    List<String> names = new ArrayList<>();
    RingName name = RingName.first("eth0", NOW);
    Instant now = NOW;
    for (int i = 0; i < 1_000; i++) {
      names.add(name.fileName());
      now = now.plusMillis(random.nextInt(10_000) - 4_000);
      name = name.next(now);
    }

    assertThat(names).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldReadItsOwnNames() {
    RingName name = RingName.first("a.b_c", NOW).next(NOW.plusSeconds(70));

    assertThat(RingName.parse("a.b_c", name.fileName())).contains(name);
  }

  @Test
  void shouldOrderByNumberWhenNamesGetLonger() {
    RingName before = new RingName("e", RingName.first("e", NOW).second(), 99_999_999);
    RingName after = before.next(NOW);

    assertThat(after.fileName()).endsWith("_100000000.pcap");
    assertThat(RingName.parse("e", after.fileName())).contains(after);
    assertThat(before).isLessThan(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eth0.pcap",
        "eth0_20261122T101500Z_00000001.pcap.gz",
        "eth0_20261322T101500Z_00000001.pcap",
        "eth00_20261122T101500Z_00000001.pcap",
        "xeth0_20261122T101500Z_00000001.pcap",
        "eth0_20261122T101500Z_1.pcap",
        "eth0_20261122T101500Z_99999999999999999999.pcap",
      })
  void shouldLeaveNamesOfOthersAlone(String name) {
    assertThat(RingName.parse("eth0", name)).isEmpty();
  }
}
