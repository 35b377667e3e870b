package dev.forensics.indexer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final Names.Address SERVER = address(0xc000_0207L);
  private static final Names.Address CLIENT = address(0x0a00_0001L);
  private static final Names.Address OTHER = address(0x0a00_0002L);

  private final Names names = new Names(2, 1 << 20, 1 << 20);

  private static Names.Address address(long low) {
    return new Names.Address(4, 0, low);
  }

  @Test
  void shouldAnswerAsOfThePacket() {
    names.learn(SERVER, CLIENT, "old.example.org", 10);
    names.learn(SERVER, CLIENT, "new.example.org", 20);
    assertThat(names.lookup(SERVER, CLIENT, 10)).isNull();
    assertThat(names.lookup(SERVER, CLIENT, 11)).isEqualTo("old.example.org");
    assertThat(names.lookup(SERVER, CLIENT, 20)).isEqualTo("old.example.org");
    assertThat(names.lookup(SERVER, CLIENT, 21)).isEqualTo("new.example.org");
    assertThat(names.lookup(new Names.Address(6, 0, SERVER.low()), CLIENT, 21)).isNull();
  }

  @Test
  void shouldPreferWhatTheClientItselfWasTold() {
    names.learn(SERVER, CLIENT, "mine.example.org", 1);
    names.learn(SERVER, OTHER, "other.example.org", 2);
    assertThat(names.lookup(SERVER, CLIENT, 9)).isEqualTo("mine.example.org");
    assertThat(names.lookup(SERVER, OTHER, 9)).isEqualTo("other.example.org");
    assertThat(names.lookup(SERVER, address(7), 9)).isEqualTo("other.example.org");
    assertThat(names.lookup(SERVER, null, 2)).isEqualTo("mine.example.org");
  }

  @Test
  void shouldKnowWhatWasLearnedBeforeTheFirstPacket() {
    names.learn(SERVER, null, "stored.example.org");
    assertThat(names.lookup(SERVER, CLIENT, 1)).isEqualTo("stored.example.org");
  }

  @Test
  void shouldKeepTheLatestClientsOfAnAddress() {
    for (int i = 1; i <= 9; i++) {
      names.learn(SERVER, address(i), "n" + i, i);
    }
    assertThat(names.lookup(SERVER, address(1), 100)).isEqualTo("n9");
    assertThat(names.lookup(SERVER, address(2), 100)).isEqualTo("n2");
    assertThat(names.lookup(SERVER, address(1), 9)).isEqualTo("n1");
  }

  @Test
  void shouldForgetTheAddressNotLearnedForTheLongestTime() {
    names.learn(address(1), CLIENT, "one", 1);
    names.learn(address(2), CLIENT, "two", 2);
    names.learn(address(1), CLIENT, "one", 3);
    names.learn(address(3), CLIENT, "three", 4);
    assertThat(names.lookup(address(1), CLIENT, 9)).isEqualTo("one");
    assertThat(names.lookup(address(2), CLIENT, 9)).isNull();
    assertThat(names.lookup(address(2), CLIENT, 4)).isEqualTo("two");
    assertThat(names.lookup(address(3), CLIENT, 9)).isEqualTo("three");
    assertThat(names.forgotten()).isEqualTo(1);
  }

  @Test
  void shouldForgetWhereNamesAreTooLong() {
    Names few = new Names(10, 3 * Names.ADDRESS_CHARGE, 1 << 20);
    few.learn(address(1), CLIENT, "a".repeat(200), 1);
    few.learn(address(2), CLIENT, "b".repeat(200), 2);
    assertThat(few.lookup(address(1), CLIENT, 9)).isNull();
    assertThat(few.lookup(address(2), CLIENT, 9)).hasSize(200);
  }

  @Test
  @DisplayName("what was replaced is bounded too: it is crowded until everybody has come as far")
  void shouldBeCrowdedByWhatWasReplaced() {
    Names few = new Names(100, 1 << 20, 1 << 20);
    int ordinal = 0;
    while (!few.isCrowded()) {
      few.learn(SERVER, CLIENT, "n" + ordinal, ++ordinal);
      assertThat(few.heldBytes()).isLessThanOrEqualTo(2 << 20);
    }
    assertThat(ordinal).isGreaterThan(1000);
    few.settled(ordinal);
    few.learn(SERVER, CLIENT, "last", ordinal + 1);
    assertThat(few.isCrowded()).isFalse();
    assertThat(few.heldBytes()).isLessThanOrEqualTo(4 * Names.ADDRESS_CHARGE);
  }

  @Test
  @DisplayName("addresses whose hashes meet on purpose do not make the map slow")
  void shouldStayQuickWhereHashesMeet() {
    Names many = new Names(1 << 17, 1L << 30, 1L << 30);
    int wanted = new Names.Address(6, 0, 0).hashCode();
    for (int i = 0; i < 100_000; i++) { // quadratic, it would take minutes
      long high = i;
      long low = Integer.toUnsignedLong(-31 * Long.hashCode(high));
      Names.Address address = new Names.Address(6, high, low);
      assertThat(address.hashCode()).isEqualTo(wanted);
      many.learn(address, CLIENT, "same", 1);
    }
    assertThat(many.lookup(new Names.Address(6, 0, 0), CLIENT, 2)).isEqualTo("same");
  }

  /** Whoever asks late finds the same as who asked at once, as long as nothing was settled. */
  @Test
  void shouldNotDependOnHowFarLearningIsAhead() {
    Random random = new Random(11);
    Names few = new Names(5, 1 << 20, 1 << 20);
    List<String> atOnce = new ArrayList<>();
    List<String> later = new ArrayList<>();
    int behind = 0;
    for (int packet = 1; packet <= 5_000; packet++) {
      atOnce.add(all(few, packet));
      few.learn(address(random.nextInt(8)), client(random), "n" + random.nextInt(4), packet);
      if (random.nextInt(20) == 0) {
        for (int i = behind + 1; i <= packet; i++) {
          later.add(all(few, i));
        }
        behind = packet;
        few.settled(packet);
      }
    }
    assertThat(later).hasSizeGreaterThan(4_000).isEqualTo(atOnce.subList(0, later.size()));
    assertThat(few.forgotten()).isGreaterThan(100);
  }

  private static Names.Address client(Random random) {
    int low = random.nextInt(12);
    return low == 0 ? null : address(100 + low);
  }

  private static String all(Names names, long packet) {
    StringBuilder found = new StringBuilder();
    for (int server = 0; server < 8; server++) {
      for (int client = 0; client < 12; client++) {
        found.append(names.lookup(address(server), address(100 + client), packet)).append(' ');
      }
    }
    return found.toString();
  }
}
