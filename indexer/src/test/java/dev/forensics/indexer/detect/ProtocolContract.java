package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every protocol must keep; a subclass gives conversations of it. */
public abstract class ProtocolContract {
  private static final int RANDOM_TRIES = 200_000;
  private static final int MUTATIONS = 3_000;

  /** The protocol under test. */
  protected abstract Protocol protocol();

  /** Conversations whose sides, where they say something, are both of this protocol. */
  protected abstract List<Exchange> conversations();

  /** Beginnings of other protocols, each of which must get NO. */
  protected List<byte[]> strangers() {
    return List.of();
  }

  private Match identify(byte[] bytes, Exchange exchange, Direction direction) {
    // an odd offset finds reads that forget it
    byte[] shifted = new byte[bytes.length + 7];
    Arrays.fill(shifted, (byte) 0x55);
    System.arraycopy(bytes, 0, shifted, 3, bytes.length);
    return protocol().identify(shifted, 3, bytes.length, direction, exchange.flow());
  }

  @Test
  void shouldKnowEachSideAlone() {
    for (Exchange exchange : conversations()) {
      for (Direction direction : Direction.values()) {
        byte[] bytes = exchange.beginning(direction);
        if (bytes.length > 0) {
          assertThat(identify(bytes, exchange, direction))
              .as(
                  "%s of %s",
                  direction, new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
              .isEqualTo(Match.YES);
        }
      }
    }
  }

  @Test
  void shouldNeverRefuseAPrefixOfWhatItKnows() {
    for (Exchange exchange : conversations()) {
      if (exchange.stream()) {
        for (Direction direction : Direction.values()) {
          byte[] bytes = exchange.beginning(direction);
          boolean known = false;
          for (int length = 1; length <= bytes.length; length++) {
            Match match = identify(Arrays.copyOf(bytes, length), exchange, direction);
            assertThat(match).as("%s, first %d bytes", direction, length).isNotEqualTo(Match.NO);
            assertThat(known && match != Match.YES).as("takes YES back at %d", length).isFalse();
            known |= match == Match.YES;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ChargedMemory.Variant.class)
  @DisplayName("flows are charged with the memory that they take, whatever was said and how much")
  void shouldChargeWhatItKeeps(ChargedMemory.Variant variant) {
    ChargedMemory.Measured measured = new ChargedMemory().measure(conversations(), variant);
    long most = measured.charged() * 11 / 10 + 64L * conversations().size();
    assertThat(measured.held()).as("charged %d", measured.charged()).isLessThanOrEqualTo(most);
  }

  @Test
  @DisplayName("buffers are borrowed: a parser that keeps one would keep more than it is charged")
  void shouldNotKeepBuffers() {
    for (Exchange exchange : conversations()) {
      InspectedExchange inspected = new InspectedExchange(443);
      inspected.play(exchange);
      Set<byte[]> kept = Reachable.arrays(inspected.flow().attachment);
      for (Exchange.Piece piece : exchange.pieces()) {
        assertThat(kept.contains(piece.bytes()))
            .as("what the %s said", piece.direction())
            .isFalse();
      }
    }
  }

  @Test
  void shouldNotKnowRandomBytes() {
    Random random = new Random(20_261_123);
    byte[] buffer = new byte[300];
    for (Exchange exchange : conversations()) {
      Flow flow = exchange.flow();
      for (int i = 0; i < RANDOM_TRIES; i++) {
        int length = 1 + random.nextInt(buffer.length);
        random.nextBytes(buffer);
        assertThat(protocol().identify(buffer, 0, length, Direction.ORIGINATOR, flow))
            .isNotEqualTo(Match.YES);
      }
    }
  }

  @Test
  void shouldRefuseStrangers() {
    for (byte[] bytes : strangers()) {
      assertThat(identify(bytes, conversations().get(0), Direction.ORIGINATOR))
          .as(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
          .isEqualTo(Match.NO);
    }
  }

  @Test
  void shouldLearnTheSameHoweverTheStreamIsCut() throws IllegalAccessException {
    for (Exchange exchange : conversations()) {
      if (exchange.stream()) {
        String whole = FactsText.of(exchange.parse(protocol()));
        for (int size : new int[] {1, 2, 3, 7, 64}) {
          assertThat(FactsText.of(exchange.cut(size).parse(protocol()))).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void shouldNotThrowOnDamagedBytes() {
    Random random = new Random(4_711);
    for (Exchange exchange : conversations()) {
      for (int i = 0; i < MUTATIONS; i++) {
        damaged(exchange, random).parse(protocol());
      }
    }
  }

  @Test
  void shouldNotThrowWhenBytesAreMissing() {
    Random random = new Random(4_712);
    for (Exchange exchange : conversations()) {
      for (int i = 0; i < 200; i++) {
        ProtocolParser parser = protocol().open(exchange.flow(), new FlowFacts());
        for (Exchange.Piece piece : exchange.cut(1 + random.nextInt(60)).pieces()) {
          if (random.nextInt(4) == 0) {
            parser.gap(piece.direction(), piece.bytes().length, 1);
          } else {
            parser.payload(piece.direction(), piece.bytes(), 0, piece.bytes().length, 1);
          }
        }
        parser.ended();
      }
    }
  }

  private static Exchange damaged(Exchange exchange, Random random) {
    Exchange result = exchange.stream() ? Exchange.tcp() : Exchange.udp();
    for (Exchange.Piece piece : exchange.pieces()) {
      byte[] bytes = piece.bytes().clone();
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(3) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
      byte[] cut = Arrays.copyOf(bytes, length);
      if (piece.direction() == Direction.ORIGINATOR) {
        result.client(cut);
      } else {
        result.server(cut);
      }
    }
    return result;
  }
}
