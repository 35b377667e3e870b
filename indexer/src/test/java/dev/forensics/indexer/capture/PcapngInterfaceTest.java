package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngInterfaceTest {
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger LATEST = BigInteger.valueOf(PacketTime.LATEST_NANOS);

  /** Slow and plainly right. */
  private static long exact(long ticks, int resolution, long offsetSeconds) {
    BigInteger base = BigInteger.valueOf((resolution & 0x80) == 0 ? 10 : 2);
    BigInteger perSecond = base.pow(resolution & 0x7F);
    BigInteger time =
        new BigInteger(Long.toUnsignedString(ticks))
            .multiply(BILLION)
            .divide(perSecond)
            .min(LATEST);
    BigInteger most = LATEST.divide(BILLION);
    BigInteger offset = BigInteger.valueOf(offsetSeconds).min(most).max(most.negate());
    return time.add(offset.multiply(BILLION)).max(BigInteger.ZERO).min(LATEST).longValueExact();
  }

  @Test
  void agreesWithExactArithmeticForEveryResolution() {
    Random random = new Random(42);
    for (int resolution = 0; resolution < 256; resolution++) {
      for (int i = 0; i < 200; i++) {
        long ticks = random.nextLong() >>> random.nextInt(64);
        long offset = i % 3 == 0 ? 0 : random.nextLong() >> random.nextInt(64);
        assertThat(new PcapngInterface(1, 0, resolution, offset).nanos(ticks))
            .as("%d ticks of resolution 0x%02x, offset %d", ticks, resolution, offset)
            .isEqualTo(exact(ticks, resolution, offset));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1_700_000_000_000_000L})
  void staysInRangeAtTheEnds(long ticks) {
    for (int resolution = 0; resolution < 256; resolution++) {
      for (long offset : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE, 3600, -3600}) {
        assertThat(new PcapngInterface(1, 0, resolution, offset).nanos(ticks))
            .isEqualTo(exact(ticks, resolution, offset))
            .isBetween(0L, PacketTime.LATEST_NANOS);
      }
    }
  }

  @Test
  void countsMicrosecondsWhenNothingIsStated() {
    assertThat(new PcapngInterface(1, 0).nanos(1_700_000_000_000_001L))
        .isEqualTo(1_700_000_000_000_001_000L);
  }
}
