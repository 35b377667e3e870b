package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketPointersTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldGiveBackWhatWasAdded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Flow flow = new Flow();
    List<String> truth = new ArrayList<>();
    int capture = random.nextInt(100);
    long position = random.nextInt(1 << 20);
    for (int i = 0; i < 1000; i++) {
      flow.addPointer(capture, position, 4096);
      truth.add(capture + "@" + position);
      if (random.nextInt(50) == 0) {
        capture += 1 + random.nextInt(3);
        position = random.nextLong(1L << 40);
      } else {
        position += 16 + random.nextInt(1 << random.nextInt(4, 28));
      }
    }
    List<String> listed = new ArrayList<>();
    for (PacketPointers.Listed each : flow.listed()) {
      for (long at : PacketPointers.Listed.decode(each.encoded())) {
        listed.add(each.captureIndex + "@" + at);
      }
    }
    assertThat(listed).isEqualTo(truth);
    assertThat(flow.ranges()).isEmpty();
  }

  @Test
  void shouldFallBackToRangesPastTheCap() {
    Flow flow = new Flow();
    for (int i = 0; i < 30; i++) {
      flow.addPointer(i / 10, 100 + i * 10L, 5);
    }
    assertThat(flow.listedPackets()).isEqualTo(5);
    assertThat(flow.listed()).hasSize(1);
    assertThat(flow.listed().get(0).positions).containsExactly(100, 110, 120, 130, 140);
    assertThat(flow.ranges())
        .containsExactly(
            new PacketPointers.Range(0, 150, 0, 190),
            new PacketPointers.Range(1, 200, 1, 290),
            new PacketPointers.Range(2, 300, 2, 390));
    assertThat(flow.firstPosition).isEqualTo(100);
    assertThat(flow.lastCaptureIndex).isEqualTo(2);
  }

  @Test
  void shouldStayBoundedOverAnyNumberOfCaptures() {
    Flow flow = new Flow();
    for (int i = 0; i < 1_000_000; i++) {
      flow.addPointer(i, 1L << 40, 5);
    }
    List<PacketPointers.Range> ranges = flow.ranges();
    assertThat(ranges).hasSizeLessThan(10_000);
    assertThat(ranges.get(ranges.size() - 1).lastCaptureIndex()).isEqualTo(999_999);
    flow.resetPointers();
    assertThat(flow.listed()).isEmpty();
    assertThat(flow.ranges()).isEmpty();
  }

  @Test
  void shouldRefuseOtherText() {
    assertThatThrownBy(() -> PacketPointers.Listed.decode("_w"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
