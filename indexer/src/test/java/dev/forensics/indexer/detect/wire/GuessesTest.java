package dev.forensics.indexer.detect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuessesTest {
  @Test
  void shouldTakeTextForGuessable() {
    for (String text :
        new String[] {"", "PASS hunter2\r\n", "\0\0\0\0root\0toor\0xterm\0", "x\ty"}) {
      assertThat(Guesses.areUnguessable(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }
    assertThat(Guesses.areUnguessable(new byte[4096])).isFalse();
  }

  @Test
  void shouldTakeWhatLooksRandomForUnguessable() {
    byte[] bytes = new byte[100];
    new Random(20261130).nextBytes(bytes);
    assertThat(Guesses.areUnguessable(bytes)).isTrue();
  }
}
