package dev.forensics.indexer.samples;

import static dev.forensics.indexer.samples.Stage.MINUTE;
import static dev.forensics.indexer.samples.Stage.SECOND;

/**
 * Three hours in an office of twenty machines: ordinary traffic, a dozen ways of speaking plaintext
 * where TLS is expected, and telephones that are seen again in a branch's network.
 */
final class OfficeDay {
  private static final int MINUTES = 180;
  private static final String[] NAMES = {
    "www.example.com", "mail.example.org", "cdn.example.net", "docs.example.com",
    "login.example.org", "updates.example.net", "video.example.com", "maps.example.org"
  };

  private final Stage stage;
  private final long start;

  OfficeDay(Stage stage, long startNanos) {
    this.stage = stage;
    this.start = startNanos;
  }

  void play() {
    new OfficeTelegram(stage, start, MINUTES).play();
    browsing();
    plainWeb();
    uploads();
    backups();
    healthChecks();
    printers();
    silentServers();
    liveTickers();
    proxied();
    tunnelsThrough443();
    strangers();
  }

  static String machine(int number) {
    return "10.20.1." + (11 + number);
  }

  private String anyMachine() {
    return machine(stage.random.nextInt(20));
  }

  private void browsing() {
    for (int i = 0; i < 110; i++) {
      int site = stage.random.nextInt(NAMES.length);
      String client = anyMachine();
      String server = "198.51.100." + (100 + site);
      long at = stage.within(start, MINUTES);
      lookUp(client, NAMES[site], 100 + site, at - 30_000_000);
      Conversation visit = stage.connect(client, server, 443, at);
      visit.client(stage.tls.clientHello(NAMES[site])).server(stage.tls.serverFlight());
      visit.client(stage.tls.clientFinish());
      for (int k = stage.random.nextInt(3); k >= 0; k--) {
        visit.client(stage.tls.encrypted(80 + stage.random.nextInt(200)));
        visit.server(stage.tls.encrypted(150 + stage.random.nextInt(1100)));
        visit.pause(stage.random.nextInt(4000) * 1_000_000L);
      }
      stage.capture.add(visit.close());
    }
  }

  private void lookUp(String client, String name, int lastByte, long at) {
    int id = stage.random.nextInt(65_536);
    int port = 30_000 + stage.random.nextInt(20_000);
    Route route = new Route(client, port, "10.20.1.2", 53, 600_000, Wrapping.ETHERNET);
    byte[] question = DnsMessages.question(id, name);
    byte[] answer = DnsMessages.answer(id, name, new byte[] {(byte) 198, 51, 100, (byte) lastByte});
    stage.capture.add(new Frame(at, route.packet(true).udp(port, 53).payload(question).build()));
    stage.capture.add(
        new Frame(at + 900_000, route.packet(false).udp(53, port).payload(answer).build()));
  }

  private void plainWeb() {
    for (int i = 0; i < 25; i++) {
      String path = "/pool/" + stage.random.nextInt(999);
      Conversation visit =
          stage.connect(anyMachine(), "198.51.100.130", 80, stage.within(start, MINUTES));
      visit.client(WebMessages.get("mirror.example.net", path, "apt/2.6")).server(WebMessages.OK);
      stage.capture.add(visit.close());
    }
  }

  /** An application that speaks plain HTTP on 443 and 8443: forms and cookies in the clear. */
  private void uploads() {
    for (int i = 0; i < 46; i++) {
      boolean other = i % 6 == 5;
      String server = other ? "203.0.113.33" : "203.0.113.10";
      String client = machine(stage.random.nextInt(9));
      Conversation upload =
          stage.connect(client, server, other ? 8443 : 443, stage.within(start, MINUTES));
      for (int k = stage.random.nextInt(3); k >= 0; k--) {
        upload.client(WebMessages.form(i * 3 + k)).server(WebMessages.OK).pause(SECOND);
      }
      stage.alarm(upload.close(), server, "accepted");
    }
  }

  /** A backup that says its password every five minutes. */
  private void backups() {
    for (int i = 0; i < 36; i++) {
      Conversation backup =
          stage.connect(machine(17), "203.0.113.25", 443, start + i * 5L * MINUTE + 7 * SECOND);
      backup.client(
          WebMessages.post(
              "backup.example.org:443",
              "/store/" + i,
              WebMessages.lines(
                  "Authorization: Basic YmFja3VwOm5vdC1hLXJlYWwtcGFzc3dvcmQ=",
                  "User-Agent: backup-agent/4.1",
                  "Content-Type: text/plain"),
              "chunk=" + i));
      stage.alarm(backup.server(WebMessages.OK).close(), "203.0.113.25", "accepted");
      stage.capture.expect("cleartext-credentials", "203.0.113.25", null);
    }
  }

  /** A monitor that was told the wrong scheme: harmless, and refused each time. */
  private void healthChecks() {
    for (int i = 0; i < 60; i++) {
      Conversation check =
          stage.connect(machine(19), "198.51.100.44", 443, start + i * 3L * MINUTE);
      check.client(WebMessages.get("shop.example.org", "/health", "check_http/v2.3.3"));
      check.server(WebMessages.NGINX_REFUSAL);
      stage.alarm(check.closeByServer(), "198.51.100.44", "rejected");
    }
  }

  private void printers() {
    for (int i = 0; i < 12; i++) {
      Conversation report =
          stage.connect(machine(16), "198.51.100.61", 443, start + i * 15L * MINUTE + MINUTE);
      report.client(WebMessages.post("198.51.100.61", "/telemetry", "", "pages=" + 40 * i));
      stage.alarm(
          report.server(WebMessages.APACHE_REFUSAL).closeByServer(), "198.51.100.61", "rejected");
    }
  }

  private void silentServers() {
    for (int i = 0; i < 9; i++) {
      long at = stage.within(start, MINUTES - 10);
      byte[] ping = new Bytes().text(WebMessages.get("203.0.113.99", "/ping", "agent/1")).toArray();
      Conversation unanswered = stage.connect(machine(12), "203.0.113.99", 443, at);
      unanswered.clientUnheard(ping);
      for (int k = 0; k < 4; k++) {
        unanswered.again((200L << k) * 1_000_000);
      }
      stage.alarm(unanswered, "203.0.113.99", "unanswered");
      Conversation reset = stage.connect(machine(13), "203.0.113.140", 443, at + SECOND);
      stage.alarm(reset.client(ping).resetByServer(), "203.0.113.140", "reset");
    }
  }

  private void liveTickers() {
    for (int i = 0; i < 6; i++) {
      Conversation ticker =
          stage.connect(machine(i), "192.0.2.77", 443, stage.within(start, MINUTES - 30));
      ticker.client(
          WebMessages.message(
              "GET /ticker HTTP/1.1",
              "Host: ticker.example.net:443",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13"));
      ticker.server(
          WebMessages.message(
              "HTTP/1.1 101 Switching Protocols",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzhZRbK+xOo0="));
      for (int k = 0; k < 10; k++) {
        String price = "{\"price\":" + (9000 + stage.random.nextInt(900)) + "}";
        ticker.pause(50 * SECOND);
        ticker.server(new Bytes().u8(0x81).u8(price.length()).text(price).toArray());
      }
      stage.alarm(ticker.closeByServer(), "192.0.2.77", "accepted");
    }
  }

  private void proxied() {
    for (int i = 0; i < 10; i++) {
      Conversation tunnel =
          stage.connect(machine(14), "192.0.2.90", 443, stage.within(start, MINUTES));
      tunnel.client(
          WebMessages.message(
              "CONNECT www.example.com:443 HTTP/1.1",
              "Host: www.example.com:443",
              "Proxy-Connection: Keep-Alive"));
      tunnel.server("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.client(stage.tls.clientHello("www.example.com")).server(stage.tls.serverFlight());
      tunnel.client(stage.tls.clientFinish()).server(stage.tls.encrypted(600));
      stage.alarm(tunnel.close(), "192.0.2.90", "accepted");
    }
  }

  private void tunnelsThrough443() {
    for (int i = 0; i < 5; i++) {
      Conversation shell =
          stage.connect(machine(8), "192.0.2.22", 443, stage.within(start, MINUTES));
      shell.server("SSH-2.0-OpenSSH_9.6\r\n").client("SSH-2.0-OpenSSH_9.2p1\r\n");
      shell.client(stage.telegram.bytes(64)).server(stage.telegram.bytes(64));
      stage.capture.add(shell.close()).expect("protocol-port-mismatch", "192.0.2.22", null);
    }
  }

  /** Bytes of no known protocol, HTTP/2 without TLS, and a path that only looks like Telegram's. */
  private void strangers() {
    for (int i = 0; i < 6; i++) {
      long at = stage.within(start, MINUTES);
      Conversation unknown = stage.connect(machine(4), "192.0.2.123", 443, at);
      unknown.client(Unknown.bytes(stage.random, 400)).server(Unknown.bytes(stage.random, 900));
      stage.capture.add(unknown.close()).expect("unknown-on-https-port", "192.0.2.123", null);
      Conversation two = stage.connect(machine(5), "198.51.100.200", 443, at + MINUTE);
      two.client(Http2Messages.request("stream.example.net")).server(Http2Messages.answer());
      stage.alarm(two.close(), "198.51.100.200", "accepted");
      Conversation beef = stage.connect(machine(6), "203.0.113.77", 443, at + 2 * MINUTE);
      beef.client(WebMessages.post("203.0.113.77", "/apibeef", "", "cut=ribs&weight=" + i));
      stage.alarm(beef.server(WebMessages.OK).close(), "203.0.113.77", "accepted");
    }
  }
}
