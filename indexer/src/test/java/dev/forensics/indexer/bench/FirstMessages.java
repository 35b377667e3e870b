package dev.forensics.indexer.bench;

import dev.forensics.indexer.samples.DnsMessages;
import dev.forensics.indexer.samples.TlsMessages;
import dev.forensics.indexer.samples.WebMessages;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What client and server say in turn before the bulk: real messages, so that parsers have work. */
final class FirstMessages {
  private static final byte[][] NONE = {};

  private FirstMessages() {}

  static byte[][] of(FlowKind kind, int number, Random random) {
    String name = "host-" + number % 5000 + ".example.net";
    return switch (kind) {
      case DNS -> dns(name, random);
      case TLS_BULK -> tls(name, random);
      case HTTP -> web(WebMessages.get(name, "/file/" + number, "curl/8.5.0"));
      case PLAINTEXT_ON_443 -> web(WebMessages.form(number));
      case QUIC -> quic(random);
      case SSH -> texts("SSH-2.0-OpenSSH_9.6\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n");
      case INTERACTIVE -> NONE;
    };
  }

  private static byte[][] dns(String name, Random random) {
    int id = random.nextInt(65_536);
    byte[] address = {(byte) 198, 51, (byte) random.nextInt(256), (byte) random.nextInt(256)};
    return new byte[][] {
      DnsMessages.question(id, name), DnsMessages.answer(id, name, address),
    };
  }

  private static byte[][] tls(String name, Random random) {
    TlsMessages tls = new TlsMessages(random);
    return new byte[][] {
      tls.clientHello(name), tls.serverFlight(), tls.clientFinish(), tls.encrypted(250)
    };
  }

  /** The answer's body ends with the connection. */
  private static byte[][] web(String request) {
    return texts(
        request,
        WebMessages.message(
            "HTTP/1.1 200 OK", "Content-Type: application/octet-stream", "Connection: close"));
  }

  private static byte[][] quic(Random random) {
    byte[] initial = new byte[1250];
    random.nextBytes(initial);
    byte[] header = {(byte) 0xC3, 0, 0, 0, 1, 8};
    System.arraycopy(header, 0, initial, 0, header.length);
    return new byte[][] {initial, initial};
  }

  private static byte[][] texts(String client, String server) {
    return new byte[][] {
      client.getBytes(StandardCharsets.ISO_8859_1), server.getBytes(StandardCharsets.ISO_8859_1)
    };
  }
}
