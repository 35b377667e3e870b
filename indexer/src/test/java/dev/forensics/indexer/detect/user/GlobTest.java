package dev.forensics.indexer.detect.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /ab, false",
    "/a*, /a, true",
    "/a*, /abc, true",
    "*b, ab, true",
    "*b, abc, false",
    "a*a, a, false",
    "a*a, aa, true",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c-b, false",
    "**, x, true",
    "a.c, abc, false"
  })
  void shouldMatch(String pattern, String text, boolean expected) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void shouldMatchTheEmptyText() {
    assertThat(new Glob("*").matches("")).isTrue();
    assertThat(new Glob("").matches("")).isTrue();
    assertThat(new Glob("a*").matches("")).isFalse();
  }

  @Test
  void shouldAgreeWithRegularExpressions() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String glob = text(random, "ab*", 7);
      String text = text(random, "ab", 9);
      boolean expected = Pattern.matches(glob.replace("*", ".*"), text);
      assertThat(new Glob(glob).matches(text)).as("%s on %s", glob, text).isEqualTo(expected);
    }
  }

  private static String text(Random random, String alphabet, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
