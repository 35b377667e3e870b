package dev.forensics.indexer.detect.mtproto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a client's side is identified, so the conversations here are the client's alone. */
class MtprotoProtocolTest extends ProtocolContract {
  private static final long KEY = 0x1122334455667788L;
  private static final long NEXT_KEY = 0x8877665544332211L;

  private final TelegramBytes bytes = new TelegramBytes(7);
  private final byte[] nonce = bytes.random(16);
  private final byte[] reqPq = bytes.reqPq(TelegramBytes.SECONDS << 32, nonce);

  @Override
  protected Protocol protocol() {
    return new MtprotoProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.tcp().client(new byte[] {(byte) 0xEF}).client(TelegramBytes.abridged(reqPq)),
        Exchange.tcp()
            .client(new byte[] {(byte) 0xEF})
            .client(TelegramBytes.abridged(bytes.encrypted(KEY, 40)))
            .client(TelegramBytes.abridged(bytes.encrypted(KEY, 2))),
        Exchange.tcp().clientHex("eeeeeeee").client(TelegramBytes.intermediate(reqPq)),
        Exchange.tcp().clientHex("dddddddd").client(bytes.padded(reqPq)),
        Exchange.tcp().client(TelegramBytes.full(0, reqPq)));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        "hello there, this is text".getBytes(StandardCharsets.US_ASCII),
        new byte[64],
        Exchange.hex("16030102000100 01fc0303"),
        bytes.random(64),
        TelegramBytes.join(new byte[] {(byte) 0xEF, 10}, bytes.random(300)));
  }

  /**
   * Messages, an exchange, and messages with another key, far behind the connection's beginning.
   */
  private Exchange renewed(int tag, boolean obfuscated) throws GeneralSecurityException {
    byte[] init =
        obfuscated
            ? bytes.init(tag, 2)
            : new byte[] {(byte) tag, (byte) tag, (byte) tag, (byte) tag};
    Cipher client = obfuscated ? TelegramBytes.afterInit(init) : null;
    Cipher server = obfuscated ? TelegramBytes.ofServer(init) : null;
    Exchange exchange = Exchange.tcp().client(init);
    for (int i = 0; i < 20; i++) {
      exchange.client(sent(client, tag, bytes.encrypted(KEY, 200)));
      exchange.server(sent(server, tag, bytes.encrypted(KEY, 300)));
    }
    exchange.client(sent(client, tag, reqPq)).server(sent(server, tag, bytes.resPq(nonce)));
    for (int i = 0; i < 3; i++) {
      exchange.client(sent(client, tag, bytes.encrypted(NEXT_KEY, 5)));
      exchange.server(sent(server, tag, bytes.encrypted(NEXT_KEY, 6)));
    }
    return exchange;
  }

  private byte[] sent(Cipher cipher, int tag, byte[] message) {
    byte[] framed = frame(tag, message);
    return cipher == null ? framed : cipher.update(framed);
  }

  @Test
  void shouldFollowTheKeysOfALongConnection() throws GeneralSecurityException {
    for (boolean obfuscated : new boolean[] {true, false}) {
      for (int tag : new int[] {0xEE, 0xDD}) {
        Exchange exchange = renewed(tag, obfuscated);
        for (int size : new int[] {1, 61, 1400, 100_000}) {
          MtprotoFacts facts = exchange.cut(size).parse(protocol()).get(MtprotoFacts.class);
          assertThat(facts.messages).isEqualTo(48);
          assertThat(facts.authKeyId).isEqualTo("1122334455667788");
          assertThat(facts.keys.stream().map(key -> key.id))
              .containsExactly("1122334455667788", "8877665544332211");
          MtprotoKey first = facts.keys.get(0);
          MtprotoKey second = facts.keys.get(1);
          assertThat(first.exchangeSeen).isFalse();
          assertThat(first.kind()).isEqualTo("temporary");
          assertThat(second.exchangeSeen).isTrue();
          assertThat(second.follows).isEqualTo(first.id);
          assertThat(second.kind()).isEqualTo("temporary");
        }
      }
    }
  }

  @Test
  void shouldKeepABoundedNumberOfKeys() {
    Exchange exchange = Exchange.tcp().clientHex("eeeeeeee");
    for (int i = 0; i < 100; i++) {
      exchange.client(TelegramBytes.intermediate(bytes.encrypted(KEY + i, 5)));
    }
    MtprotoFacts facts = exchange.parse(protocol()).get(MtprotoFacts.class);
    assertThat(facts.keys).hasSize(MtprotoFacts.KEY_LIMIT);
    assertThat(facts.otherKeyMessages).isEqualTo(100 - MtprotoFacts.KEY_LIMIT);
    assertThat(facts.keys.get(1).follows).isNull();
    assertThat(facts.keys.get(1).kind()).isEqualTo("unknown");
  }

  @Test
  void shouldGoOnBehindAGapWithinAMessage() {
    FlowFacts facts = new FlowFacts();
    Exchange exchange = Exchange.tcp();
    ProtocolParser parser = protocol().open(exchange.flow(), facts);
    byte[] first =
        TelegramBytes.join(
            Exchange.hex("eeeeeeee"), TelegramBytes.intermediate(bytes.encrypted(KEY, 50)));
    byte[] second = TelegramBytes.intermediate(bytes.encrypted(NEXT_KEY, 5));
    parser.payload(Direction.ORIGINATOR, first, 0, 100, 1);
    assertThat(parser.gap(Direction.ORIGINATOR, first.length - 100L, 2)).isTrue();
    assertThat(parser.payload(Direction.ORIGINATOR, second, 0, second.length, 3)).isTrue();
    assertThat(facts.get(MtprotoFacts.class).keys).hasSize(2);
    assertThat(parser.gap(Direction.ORIGINATOR, 10, 4)).isFalse();
  }

  @Test
  void shouldTakeAKeyForPermanentWhereItLivesLonger() {
    FlowFacts facts = new FlowFacts();
    ProtocolParser parser = protocol().open(Exchange.tcp().flow(), facts);
    long hour = 3_600_000_000_000L;
    byte[] first =
        TelegramBytes.join(
            Exchange.hex("eeeeeeee"), TelegramBytes.intermediate(bytes.encrypted(KEY, 5)));
    byte[] second = TelegramBytes.intermediate(bytes.encrypted(KEY, 5));
    parser.payload(Direction.ORIGINATOR, first, 0, first.length, hour);
    parser.payload(Direction.ORIGINATOR, second, 0, second.length, 25 * hour);
    assertThat(facts.get(MtprotoFacts.class).keys.get(0).kind()).isEqualTo("unknown");
    FlowFacts next = new FlowFacts();
    assertThat(parser.nextSegment(next)).isTrue();
    parser.payload(Direction.ORIGINATOR, second, 0, second.length, 27 * hour);
    assertThat(next.get(MtprotoFacts.class).keys.get(0).kind()).isEqualTo("permanent");
    assertThat(facts.get(MtprotoFacts.class).keys.get(0).kind()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({"239, abridged", "238, intermediate", "221, padded"})
  void shouldRemoveTheObfuscation(int tag, String transport) throws GeneralSecurityException {
    byte[] init = bytes.init(tag, -3);
    Cipher client = TelegramBytes.afterInit(init);
    Cipher server = TelegramBytes.ofServer(init);
    Exchange exchange =
        Exchange.tcp()
            .client(init)
            .client(client.update(frame(tag, reqPq)))
            .server(server.update(frame(tag, bytes.resPq(nonce))))
            .client(client.update(frame(tag, bytes.encrypted(KEY, 3))));
    byte[] begin = exchange.beginning(Direction.ORIGINATOR);
    for (int length = 1; length < 64; length++) {
      assertThat(MtprotoProtocol.match(begin, 0, length)).isEqualTo(Match.MORE);
    }
    assertThat(MtprotoProtocol.match(begin, 0, 64)).isEqualTo(Match.YES);
    for (int size : new int[] {1, 9, 64, 10_000}) {
      MtprotoFacts facts = exchange.cut(size).parse(protocol()).get(MtprotoFacts.class);
      assertThat(facts.transport).isEqualTo(transport);
      assertThat(facts.obfuscated).isTrue();
      assertThat(facts.dataCentre).isEqualTo(-3);
      assertThat(facts.constructor).isEqualTo("req_pq");
      assertThat(facts.nonceEchoed).isTrue();
      assertThat(facts.authKeyId).isEqualTo("1122334455667788");
    }
  }

  private byte[] frame(int tag, byte[] message) {
    return switch (tag) {
      case 0xEF -> TelegramBytes.abridged(message);
      case 0xEE -> TelegramBytes.intermediate(message);
      default -> bytes.padded(message);
    };
  }

  @Test
  void shouldRefuseAnInitWhoseTagIsOneBitOff() throws GeneralSecurityException {
    byte[] init = bytes.init(0xEE, 2);
    init[57] ^= 1;
    assertThat(MtprotoProtocol.match(init, 0, 64)).isEqualTo(Match.NO);
  }

  @Test
  void shouldReadQuickAcknowledgments() {
    Exchange exchange =
        Exchange.tcp()
            .clientHex("eeeeeeee")
            .client(TelegramBytes.intermediate(reqPq))
            .serverHex("01020384")
            .server(TelegramBytes.intermediate(bytes.resPq(nonce)));
    MtprotoFacts facts = exchange.parse(protocol()).get(MtprotoFacts.class);
    assertThat(facts.nonceEchoed).isTrue();
    assertThat(facts.messages).isEqualTo(2);
  }

  @Test
  void shouldNameTheKeyOfTwoEncryptedMessages() {
    FlowFacts facts = conversations().get(1).parse(protocol());
    assertThat(facts.get(MtprotoFacts.class).authKeyId).isEqualTo("1122334455667788");
    assertThat(facts.application).isEqualTo("telegram");
  }

  @ParameterizedTest
  @CsvSource({
    "/api, true, false",
    "/api1a2b3c4d, true, true",
    "/apibeef, true, true",
    "/api123456789, false, false",
    "/apiW, false, false",
    "/apiw, true, false",
    "/apiw1, true, false",
    "/apiw_test1, true, false",
    "/api/, false, false",
    "/apix, false, false"
  })
  void shouldKnowThePaths(String path, boolean known, boolean random) {
    assertThat(TelegramPath.matches(path)).isEqualTo(known);
    assertThat(TelegramPath.hasRandomSuffix(path)).isEqualTo(random);
  }
}
