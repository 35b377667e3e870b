package dev.forensics.indexer.detect.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.TelegramBytes;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** Plaintext WebSockets, and MTProto within them and within proxies. */
class WebSocketTest {
  private static final String UPGRADE =
      "GET /apiws HTTP/1.1\r\nHost: web.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  private static final String AGREED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  private static final long KEY = 0x1122334455667788L;
  private static final String KEY_TEXT = "1122334455667788";
  private static final int INTERMEDIATE = 0xEE;
  private static final int BINARY = 0x82;
  private static final int PING = 0x89;

  private final TelegramBytes telegram = new TelegramBytes(5);
  private final Random random = new Random(5);

  private byte[] frame(int first, boolean masked, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int mask = masked ? 0x80 : 0;
    if (data.length < 126) {
      out.write(mask | data.length);
    } else {
      out.write(mask | 126);
      out.write(data.length >> 8);
      out.write(data.length);
    }
    byte[] key = new byte[4];
    if (masked) {
      random.nextBytes(key);
      out.writeBytes(key);
    }
    for (int i = 0; i < data.length; i++) {
      out.write(data[i] ^ key[i & 3]);
    }
    return out.toByteArray();
  }

  /** The client's frames: a ping between fragments, empty fragments, one of them long. */
  private Exchange fragmented(Exchange begun, byte[] client, byte[] server) {
    int third = client.length / 3;
    return begun
        .client(frame(0x02, true, Arrays.copyOf(client, third)))
        .client(frame(PING, true, new byte[] {1, 2, 3}))
        .client(frame(0x00, true, new byte[0]))
        .client(frame(0x00, true, Arrays.copyOfRange(client, third, 2 * third)))
        .client(frame(0x80, true, Arrays.copyOfRange(client, 2 * third, client.length)))
        .server(frame(BINARY, false, server));
  }

  private byte[][] obfuscated() throws GeneralSecurityException {
    byte[] init = telegram.init(INTERMEDIATE, 2);
    Cipher client = TelegramBytes.afterInit(init);
    Cipher server = TelegramBytes.ofServer(init);
    byte[] sent = init;
    for (int i = 0; i < 3; i++) {
      byte[] message = TelegramBytes.intermediate(telegram.encrypted(KEY, 7));
      sent = TelegramBytes.join(sent, client.update(message));
    }
    byte[] answer = server.update(TelegramBytes.intermediate(telegram.encrypted(KEY, 4)));
    return new byte[][] {sent, answer};
  }

  private static void assertTelegram(InspectedExchange run) {
    MtprotoFacts mtproto = run.facts().find(MtprotoFacts.class);
    assertThat(mtproto.authKeyId).isEqualTo(KEY_TEXT);
    assertThat(mtproto.obfuscated).isTrue();
    assertThat(mtproto.transport).isEqualTo("intermediate");
    assertThat(mtproto.messages).isEqualTo(4);
    assertThat(run.facts().findApplication()).isEqualTo("telegram");
    assertThat(run.facts().innermost().protocol()).isEqualTo("mtproto");
  }

  @Test
  void shouldReadMtprotoInFragmentsHoweverTheStreamIsCut() throws GeneralSecurityException {
    byte[][] said = obfuscated();
    for (int port : new int[] {80, 443}) {
      Exchange whole = fragmented(Exchange.tcp().client(UPGRADE).server(AGREED), said[0], said[1]);
      for (int size : new int[] {1, 2, 3, 5, 64, 100_000}) {
        InspectedExchange run = new InspectedExchange(port);
        run.play(whole.cut(size)).end(EndReason.FIN);
        assertTelegram(run);
        assertThat(run.facts().get(WebSocketFacts.class).binary).isTrue();
        assertThat(run.facts().get(WebSocketFacts.class).compressed).isFalse();
        assertThat(run.facts().get(HttpFacts.class).upgraded).isTrue();
        assertThat(run.verdict("http-on-https-port") != null).isEqualTo(port == 443);
      }
    }
  }

  @Test
  void shouldReadMtprotoWithinProxies() throws GeneralSecurityException {
    byte[][] said = obfuscated();
    Exchange socks =
        Exchange.tcp()
            .clientHex("050100")
            .serverHex("0500")
            .clientHex("05010001 95 9a a7 33 01bb")
            .serverHex("05000001 00000000 0000")
            .client(said[0])
            .server(said[1]);
    Exchange connect =
        Exchange.tcp()
            .client("CONNECT 149.154.167.51:443 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\n\r\n")
            .client(said[0])
            .server(said[1]);
    for (Exchange exchange : new Exchange[] {socks, connect}) {
      for (int size : new int[] {1, 7, 100_000}) {
        InspectedExchange run = new InspectedExchange(1080);
        run.play(exchange.cut(size)).end(EndReason.FIN);
        assertTelegram(run);
        assertThat(run.facts().tunnel.targetHost()).isEqualTo("149.154.167.51");
        assertThat(run.verdict("mtproto-on-https-port").reason())
            .contains("HTTPS port 443 of 149.154.167.51 through the");
      }
    }
  }

  @Test
  void shouldReadOneDirectionAlone() throws GeneralSecurityException {
    byte[] sent = obfuscated()[0];
    InspectedExchange run = new InspectedExchange(80);
    run.play(Exchange.tcp().client(UPGRADE).client(frame(BINARY, true, sent)));
    run.end(EndReason.IDLE);
    assertThat(run.facts().find(MtprotoFacts.class).authKeyId).isEqualTo(KEY_TEXT);
    assertThat(run.facts().tunnel.granted()).isFalse();
  }

  @Test
  void shouldTakeTheNextRequestForOneWhereTheUpgradeIsNotAgreedTo() {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    for (int size : new int[] {1, 50, 10_000}) {
      InspectedExchange run = new InspectedExchange(80);
      run.play(
          Exchange.tcp()
              .client(UPGRADE)
              .server(ok)
              .client("GET /next HTTP/1.1\r\n\r\n")
              .server(ok)
              .cut(size));
      run.end(EndReason.FIN);
      assertThat(run.facts().get(HttpFacts.class).paths.values()).contains("/next");
      assertThat(run.facts().get(HttpFacts.class).responseCount).isEqualTo(2);
      assertThat(run.facts().tunnel).isNull();
    }
    InspectedExchange pipelined = new InspectedExchange(80);
    pipelined.play(Exchange.tcp().client(UPGRADE + "GET /next HTTP/1.1\r\n\r\n").server(ok + ok));
    pipelined.end(EndReason.FIN);
    assertThat(pipelined.facts().get(HttpFacts.class).requestCount).isEqualTo(2);
  }

  @Test
  void shouldSayThatAMessageIsCompressedAndNotReadIt() throws GeneralSecurityException {
    byte[] sent = obfuscated()[0];
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(UPGRADE).server(AGREED).client(frame(0xC2, true, sent)));
    run.end(EndReason.FIN);
    assertThat(run.facts().get(WebSocketFacts.class).compressed).isTrue();
    assertThat(run.facts().find(MtprotoFacts.class)).isNull();
  }

  @Test
  void shouldGoOnBehindAGapWithinAFrame() throws GeneralSecurityException {
    byte[] sent = obfuscated()[0];
    byte[] whole = frame(BINARY, true, sent);
    byte[] text = frame(0x81, true, new byte[400]);
    InspectedExchange run = new InspectedExchange(80);
    run.play(Exchange.tcp().client(UPGRADE).server(AGREED).client(Arrays.copyOf(text, 100)));
    run.inspection()
        .gap(run.flow(), Direction.ORIGINATOR, text.length - 100L, InspectedExchange.START_NANOS);
    run.play(Exchange.tcp().client(whole)).end(EndReason.FIN);
    assertThat(run.facts().get(WebSocketFacts.class).text).isTrue();
    assertThat(run.inspection().parserFailures()).isZero();
  }

  @Test
  void shouldNotThrowWhateverFollowsTheUpgrade() {
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      InspectedExchange run = new InspectedExchange(443);
      run.play(Exchange.tcp().client(UPGRADE).server(AGREED).client(noise).server(noise));
      run.end(EndReason.FIN);
      assertThat(run.inspection().parserFailures()).isZero();
    }
  }
}
