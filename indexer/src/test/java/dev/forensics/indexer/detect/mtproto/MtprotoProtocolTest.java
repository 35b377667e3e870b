package dev.forensics.indexer.detect.mtproto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
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
