package dev.forensics.indexer.document.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  private static final int ROUNDS = 50_000;
  private static final long NANOS = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000000000Z",
    "1, 1970-01-01T00:00:00.000000001Z",
    "-1, 1969-12-31T23:59:59.999999999Z",
    "951782400000000000, 2000-02-29T00:00:00.000000000Z",
    "9223372036854775807, 2262-04-11T23:47:16.854775807Z",
    "-9223372036854775808, 1677-09-21T00:12:43.145224192Z",
  })
  void shouldWriteNanoseconds(long nanos, String text) {
    assertThat(text(nanos)).isEqualTo(text);
  }

  @Test
  void shouldAgreeWithTheCalendarOfTheJdk() {
    Random random = new Random(8601);
    for (int i = 0; i < ROUNDS; i++) {
      long nanos = random.nextLong();
      Instant expected =
          Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
      assertThat(Instant.parse(text(nanos))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0000-01-01T00:00:00.000Z, 0000-01-01T00:00:00.000000000Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999000000Z",
    "1950-03-01T12:00:00.001Z, 1950-03-01T12:00:00.001000000Z",
  })
  void shouldWriteMilliseconds(String time, String text) {
    byte[] into = new byte[TimeText.LENGTH];
    long millis = Instant.parse(time).toEpochMilli();
    assertThat(TimeText.isWritable(millis)).isTrue();
    TimeText.writeMillis(millis, into, 0);
    assertThat(new String(into, StandardCharsets.US_ASCII)).isEqualTo(text);
  }

  @Test
  void shouldRefuseYearsOfMoreThanFourDigits() {
    assertThat(TimeText.isWritable(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli() + 1))
        .isFalse();
    assertThat(TimeText.isWritable(Instant.parse("0000-01-01T00:00:00Z").toEpochMilli() - 1))
        .isFalse();
    assertThat(TimeText.isWritable(Long.MIN_VALUE)).isFalse();
  }

  private static String text(long nanos) {
    byte[] into = new byte[TimeText.LENGTH];
    TimeText.write(nanos, into, 0);
    return new String(into, StandardCharsets.US_ASCII);
  }
}
