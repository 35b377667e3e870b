package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests' own translator: it has to be right before it can judge the pack. */
class KqlTest {
  @Test
  void shouldBindAndCloserThanOr() {
    assertThat(Kql.query("a: 1 or b: 2 and not c: *"))
        .hasToString(
            "{\"bool\":{\"should\":[{\"match\":{\"a\":\"1\"}},{\"bool\":{\"filter\":["
                + "{\"match\":{\"b\":\"2\"}},{\"bool\":{\"must_not\":[{\"exists\":{\"field\":\"c\"}}]"
                + "}}]}}],\"minimum_should_match\":1}}");
  }

  @Test
  void shouldKnowListsComparisonsAndQuotes() {
    assertThat(Kql.query("a.b: (1 or 2) and t < \"now-15m\""))
        .hasToString(
            "{\"bool\":{\"filter\":[{\"bool\":{\"should\":[{\"match\":{\"a.b\":\"1\"}},"
                + "{\"match\":{\"a.b\":\"2\"}}],\"minimum_should_match\":1}},"
                + "{\"range\":{\"t\":{\"lt\":\"now-15m\"}}}]}}");
    assertThat(Kql.query("r: \"x-y z\"")).hasToString("{\"match_phrase\":{\"r\":\"x-y z\"}}");
    assertThat(Kql.fields("not (a: 1 or b.c >= 2)")).containsExactly("a", "b.c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a:", "a: 1 b: 2", "(a: 1", "a: \"x", "a: (1 or", "and a: 1", "a = 1"})
  void shouldRefuseWhatKibanaRefusesOrReadsOtherwise(String text) {
    assertThatThrownBy(() -> Kql.query(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
