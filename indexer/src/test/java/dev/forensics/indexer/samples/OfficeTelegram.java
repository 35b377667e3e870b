package dev.forensics.indexer.samples;

import static dev.forensics.indexer.samples.Stage.MINUTE;
import static dev.forensics.indexer.samples.Stage.SECOND;

/** Telegram's traffic of the office day: telephones with old clients, browsers, a bot, proxies. */
final class OfficeTelegram {
  private static final String[] CENTERS = {
    "149.154.175.50", "149.154.167.51", "149.154.175.100", "149.154.167.91", "149.154.171.5"
  };

  /** auth_key_id of each telephone: the same wherever it is. */
  private static final long[] TELEPHONES = {
    0x5a1c9e0733d288b4L, 0x1f60b3d94c27ea01L, 0x7be4025518f3a96cL, 0x32d8f7a1609c4be5L
  };

  private final Stage stage;
  private final long start;
  private final int minutes;

  OfficeTelegram(Stage stage, long startNanos, int minutes) {
    this.stage = stage;
    this.start = startNanos;
    this.minutes = minutes;
  }

  void play() {
    for (int phone = 0; phone < TELEPHONES.length; phone++) {
      for (int session = 0; session < 5; session++) {
        session(phone, address(phone, session), stage.within(start, minutes - 10));
      }
    }
    browsers();
    bot();
    blocked();
    obfuscated();
  }

  /** Two of the telephones go to the branch's network in the afternoon. */
  private static String address(int phone, int session) {
    return phone < 2 && session > 2 ? "192.168.77." + (14 + phone) : OfficeDay.machine(phone);
  }

  /** Probes of some data centers, then messages to one, over a connection that stays open. */
  private void session(int phone, String client, long at) {
    int probes = 2 + stage.random.nextInt(3);
    for (int i = 0; i < probes; i++) {
      probe(client, CENTERS[(phone + i) % CENTERS.length], at + i * 40_000_000L);
    }
    String center = CENTERS[phone % CENTERS.length];
    Conversation messages = stage.connect(client, center, 443, at + 2 * SECOND);
    for (int i = 2 + stage.random.nextInt(3); i > 0; i--) {
      byte[] sent = stage.telegram.encrypted(TELEPHONES[phone], 6 + stage.random.nextInt(12));
      messages.client(TelegramMessages.iosRequest(center, stage.telegram.iosPath(), sent));
      messages.pause(stage.random.nextInt(35) * SECOND);
      byte[] answer = stage.telegram.encrypted(TELEPHONES[phone], 5 + stage.random.nextInt(30));
      messages.server(TelegramMessages.answer(answer));
    }
    stage.alarm(messages.close(), center, "accepted");
  }

  private void probe(String client, String center, long at) {
    byte[] nonce = stage.telegram.bytes(16);
    Conversation probe = stage.connect(client, center, 443, at);
    byte[] question = stage.telegram.reqPq(stage.telegram.randomMessageId(), nonce);
    probe.client(TelegramMessages.iosRequest(center, stage.telegram.iosPath(), question));
    long id = TelegramMessages.messageId(probe.now(), true);
    probe.server(TelegramMessages.answer(stage.telegram.resPq(id, nonce)));
    stage.alarm(probe.close(), center, "accepted");
  }

  private void browsers() {
    for (int i = 0; i < 12; i++) {
      long key = 0x66aa_0000_1234_0000L + i % 3;
      Conversation browser =
          stage.connect(
              OfficeDay.machine(9 + i % 3), CENTERS[1], 443, stage.within(start, minutes - 5));
      for (int k = 0; k < 3; k++) {
        byte[] sent = stage.telegram.encrypted(key, 4 + k);
        browser.client(TelegramMessages.webRequest(CENTERS[1], sent));
        browser.server(TelegramMessages.answer(stage.telegram.encrypted(key, 10 + 3 * k)));
        browser.pause(9 * SECOND);
      }
      stage.alarm(browser.close(), CENTERS[1], "accepted");
    }
  }

  /** A program built on Telegram's library that may use HTTP only. */
  private void bot() {
    for (int i = 0; i < 9; i++) {
      byte[] nonce = stage.telegram.bytes(16);
      Conversation bot =
          stage.connect(OfficeDay.machine(15), CENTERS[3], 443, start + i * 20L * MINUTE);
      long asked = TelegramMessages.messageId(bot.now(), false);
      bot.client(TelegramMessages.libraryRequest(stage.telegram.reqPq(asked, nonce)));
      long answered = TelegramMessages.messageId(bot.now(), true);
      bot.server(TelegramMessages.answer(stage.telegram.resPq(answered, nonce)));
      stage.alarm(bot.close(), CENTERS[3], "accepted");
    }
  }

  /** A network where Telegram is filtered: silence from one address, resets from another. */
  private void blocked() {
    for (int i = 0; i < 10; i++) {
      long at = stage.within(start, minutes - 5);
      byte[] question = stage.telegram.reqPq(1, stage.telegram.bytes(16));
      Conversation silence = stage.connect("192.168.77.40", "91.108.56.130", 443, at);
      silence.clientUnheard(
          TelegramMessages.iosRequest("91.108.56.130", stage.telegram.iosPath(), question));
      stage.alarm(silence.again(SECOND / 4).again(SECOND / 2), "91.108.56.130", "unanswered");
      Conversation reset = stage.connect("192.168.77.41", "91.108.4.210", 443, at + SECOND);
      reset.client(TelegramMessages.iosRequest("91.108.4.210", stage.telegram.iosPath(), question));
      stage.alarm(reset.resetByServer(), "91.108.4.210", "reset");
    }
  }

  /** Present-day clients: MTProto over TCP, under its obfuscation. */
  private void obfuscated() {
    for (int i = 0; i < 8; i++) {
      byte[] sent = stage.telegram.encrypted(0x0bf5_0000_0000_0001L, 8);
      byte[] answer = stage.telegram.encrypted(0x0bf5_0000_0000_0001L, 20);
      byte[][] both =
          stage.telegram.obfuscated(
              0xEE, TelegramMessages.intermediate(sent), TelegramMessages.intermediate(answer));
      Conversation hidden =
          stage.connect(OfficeDay.machine(18), "149.154.167.92", 443, stage.within(start, minutes));
      stage
          .capture
          .add(hidden.client(both[0]).server(both[1]).close())
          .expect("mtproto-on-https-port", "149.154.167.92", null);
    }
  }
}
