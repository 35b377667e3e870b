package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpareArraysTest {
  private final SpareArrays<byte[]> arrays = new SpareArrays<>(4096, byte[]::new);

  @Test
  void shouldHandOutWhatWasGivenBack() {
    byte[] one = arrays.take(64);
    byte[] other = arrays.take(64);
    assertThat(other).isNotSameAs(one);
    arrays.give(one, 64);
    assertThat(arrays.take(64)).isSameAs(one);
    assertThat(arrays.take(64)).isNotSameAs(one).isNotSameAs(other);
  }

  @Test
  void shouldKeepLengthsApart() {
    for (int length = 1; length <= 4096; length *= 2) {
      arrays.give(arrays.take(length), length);
    }
    for (int length = 1; length <= 4096; length *= 2) {
      assertThat(arrays.take(length)).hasSize(length);
    }
  }

  @Test
  void shouldKeepFew() {
    Set<byte[]> given = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 3 * SpareArrays.MOST_SPARE; i++) {
      byte[] array = new byte[256];
      given.add(array);
      arrays.give(array, 256);
    }
    int again = 0;
    for (int i = 0; i < 3 * SpareArrays.MOST_SPARE; i++) {
      again += given.contains(arrays.take(256)) ? 1 : 0;
    }
    assertThat(again).isEqualTo(SpareArrays.MOST_SPARE);
  }
}
