package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Length or age, whichever comes first. */
class RotationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = -5 * SECOND; // nanoTime may be negative

  private final Rotation rotation = new Rotation(10_000, Duration.ofSeconds(10), 1_000);

  @Test
  void shouldEndAFullFile() {
    rotation.begin(START);

    assertThat(rotation.isDue(9_999, START)).isFalse();
    assertThat(rotation.isDue(10_000, START)).isTrue();
  }

  @Test
  void shouldEndAnOldFile() {
    rotation.begin(START);

    assertThat(rotation.isDue(100, START + 10 * SECOND - 1)).isFalse();
    assertThat(rotation.isDue(100, START + 10 * SECOND)).isTrue();
  }

  @Test
  void shouldKeepAFileWithoutPackets() {
    rotation.begin(START);

    assertThat(rotation.isDue(Rotation.FILE_HEADER, START + 100 * SECOND)).isFalse();
    assertThat(rotation.isDue(100, START + 109 * SECOND)).isFalse();
    assertThat(rotation.isDue(100, START + 110 * SECOND)).isTrue();
  }

  /** Greatest packets in loops of that many: the file passes its length by one record at most. */
  @Test
  void shouldNeverPassTheLengthByMoreThanARecord() {
    int record = 1_016;
    long bytes = Rotation.FILE_HEADER;
    while (!rotation.isDue(bytes, START)) {
      int packets = rotation.packetsThatFit(bytes);
      assertThat(packets).isPositive();
      bytes += (long) packets * record;
    }

    assertThat(bytes).isBetween(10_000L, 10_000L + record);
  }

  @Test
  void shouldTakeManyPacketsAtOnceIntoALargeFile() {
    Rotation large = new Rotation(100L << 20, Duration.ofSeconds(10), 262_144);

    assertThat(large.packetsThatFit(24)).isGreaterThan(1_000);
  }
}
