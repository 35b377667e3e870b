package dev.forensics.indexer.detect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextDigestTest {
  private static String expected(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** More texts than are remembered, of the same hash too, each asked for several times. */
  @Test
  void shouldBeTheDigestHoweverOftenItIsAskedFor() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<String> texts = new ArrayList<>(List.of("", "Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa"));
    for (int i = 0; i < 1000; i++) {
      texts.add("4865,".repeat(random.nextInt(1, 400)) + i);
    }
    TextDigest digest = new TextDigest("SHA-256");
    for (int i = 0; i < 5000; i++) {
      String text = texts.get(random.nextInt(i < 2000 ? 7 : texts.size()));
      assertThat(digest.hex(text)).isEqualTo(expected(text));
    }
  }
}
