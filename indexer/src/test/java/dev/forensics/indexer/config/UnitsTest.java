package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"0,0", "65536,65536", "64k,65536", "512MB,536870912", "10GiB,10737418240"})
  void shouldReadSizes(String text, long bytes) {
    assertThat(Units.bytes(text)).isEqualTo(bytes);
  }

  @Test
  void shouldReadDurations() {
    assertThat(Units.duration("1s")).isEqualTo(Duration.ofSeconds(1));
    assertThat(Units.duration("250 ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Units.duration("30d")).isEqualTo(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1 fortnight", "1.5s"})
  void shouldRefuseOtherDurations(String text) {
    assertThatThrownBy(() -> Units.duration(text)).hasMessageContaining("must be a duration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5k", "3XB"})
  void shouldRefuseOtherSizes(String text) {
    assertThatThrownBy(() -> Units.bytes(text)).hasMessageContaining("must be a size");
  }
}
