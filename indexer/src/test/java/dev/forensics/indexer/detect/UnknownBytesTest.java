package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnknownBytesTest {
  private static double entropy(byte[] bytes) {
    return UnknownBytes.of(bytes, 0, bytes.length).entropyBits();
  }

  @Test
  void shouldKnowTheEnds() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(entropy(all)).isCloseTo(8, within(1e-12));
    assertThat(entropy(new byte[1])).isZero();
    assertThat(entropy(new byte[3000])).isCloseTo(0, within(1e-12)).isNotNegative();
  }

  @Test
  void shouldBeShannonsSum() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 1; length < 3000; length += 1 + length / 10) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) random.nextInt(1 + random.nextInt(256));
      }
      double bits = 0;
      for (int value = 0; value < 256; value++) {
        double share = share(bytes, (byte) value);
        bits -= share == 0 ? 0 : share * Math.log(share) / Math.log(2);
      }
      assertThat(entropy(bytes)).isCloseTo(bits, within(1e-9));
    }
  }

  private static double share(byte[] bytes, byte value) {
    int count = 0;
    for (byte one : bytes) {
      count += one == value ? 1 : 0;
    }
    return (double) count / bytes.length;
  }
}
