package dev.forensics.indexer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  private static final long ADDRESS = 0xc000_0207L;

  private final Names names = new Names(2);

  @Test
  void shouldAnswerAsOfThePacketTime() {
    names.learn(4, 0, ADDRESS, "old.example.org", 10);
    names.learn(4, 0, ADDRESS, "new.example.org", 20);
    assertThat(names.lookup(4, 0, ADDRESS, 9)).isNull();
    assertThat(names.lookup(4, 0, ADDRESS, 10)).isEqualTo("old.example.org");
    assertThat(names.lookup(4, 0, ADDRESS, 19)).isEqualTo("old.example.org");
    assertThat(names.lookup(4, 0, ADDRESS, 20)).isEqualTo("new.example.org");
    assertThat(names.lookup(6, 0, ADDRESS, 20)).isNull();
  }

  @Test
  void shouldNotDependOnTheOrderOfLearning() {
    names.learn(4, 0, ADDRESS, "new.example.org", 20);
    names.learn(4, 0, ADDRESS, "old.example.org", 10);
    assertThat(names.lookup(4, 0, ADDRESS, 15)).isEqualTo("old.example.org");
    assertThat(names.lookup(4, 0, ADDRESS, 25)).isEqualTo("new.example.org");
  }

  @Test
  void shouldKeepTheFirstTimeOfANameThatIsRepeated() {
    names.learn(4, 0, ADDRESS, "a.example.org", 10);
    names.learn(4, 0, ADDRESS, "a.example.org", 100);
    names.learn(4, 0, ADDRESS, "a.example.org", 5);
    assertThat(names.lookup(4, 0, ADDRESS, 50)).isEqualTo("a.example.org");
    assertThat(names.lookup(4, 0, ADDRESS, 7)).isEqualTo("a.example.org");
  }

  @Test
  void shouldKeepTheLatestFewNamesOfAnAddress() {
    for (int i = 1; i <= 9; i++) {
      names.learn(4, 0, ADDRESS, "n" + i, i);
    }
    assertThat(names.lookup(4, 0, ADDRESS, 100)).isEqualTo("n9");
    assertThat(names.lookup(4, 0, ADDRESS, 6)).isEqualTo("n6");
    assertThat(names.lookup(4, 0, ADDRESS, 5)).isNull();
  }

  @Test
  void shouldForgetTheFirstAddressWhenFull() {
    names.learn(4, 0, 1, "one", 1);
    names.learn(4, 0, 2, "two", 2);
    names.learn(4, 0, 3, "three", 3);
    assertThat(names.lookup(4, 0, 1, 9)).isNull();
    assertThat(names.lookup(4, 0, 2, 9)).isEqualTo("two");
    assertThat(names.lookup(4, 0, 3, 9)).isEqualTo("three");
    assertThat(names.forgotten()).isEqualTo(1);
  }
}
