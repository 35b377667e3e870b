package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.flow.Direction;
import java.util.Arrays;
import java.util.Random;

/** Connections that fetch and send objects of every content type, of any size. */
final class WebObjects implements OrdinaryTraffic {
  private static final String[][] OBJECTS = {
    {"image/jpeg", "ffd8ffe000104a46494600010101"},
    {"image/png", "89504e470d0a1a0a0000000d49484452"},
    {"image/gif", "474946383961"},
    {"image/webp", "52494646"},
    {"application/gzip", "1f8b0800000000000003"},
    {"application/x-gzip", "1f8b08086a2b3c4d0003"},
    {"application/zip", "504b0304140000000800"},
    {"application/pdf", "255044462d312e370a25e2e3cfd30a"},
    {"application/ocsp-response", "308201d30a0100a08201cc308201c8"},
    {"application/pkix-cert", "30820395"},
    {"font/woff2", "774f463200010000"},
    {"video/mp4", "000000206674797069736f6d"},
    {"video/mp2t", "47400010000000b00d"},
    {"audio/mpeg", "fffb9064"},
    {"application/wasm", "0061736d01000000"},
    {"application/x-protobuf", "0a24"},
    {"application/json", "7b22696422"},
    {"text/html; charset=utf-8", "3c21646f63747970652068746d6c3e"},
    {"application/octet-stream", ""},
    {"application/octet-stream", "4d5a90000300000004000000ffff0000"},
    {"application/octet-stream", "0000000000000000"},
    {"application/x-www-form-urlencoded", "646174613d"},
    {null, ""},
    {null, "1f8b0800000000000003"},
    {null, "28b52ffd"},
    {null, "080112"}
  };
  private static final int SEGMENT = 1_460;
  private static final String[] PATHS = {"/a", "/img/1", "/api", "/apiw", "/apicafe", "/v1/t"};

  @Override
  public OrdinaryFlow flow(Random random) {
    Exchange exchange = Exchange.tcp();
    String[] kind = Fill.one(random, OBJECTS);
    String path = Fill.one(random, PATHS);
    boolean sends = random.nextBoolean();
    int step = random.nextBoolean() ? 16 : 1;
    byte[] head = Fill.join(Fill.hex(kind[1]), shared(random));
    head = head.length == 8 ? Fill.join(head, new byte[1]) : head;
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      byte[] sent = sends ? body(random, head, step) : new byte[0];
      exchange.client(message((sends ? "POST " : "GET ") + path + " HTTP/1.1", kind[0], sent));
      exchange.server(message("HTTP/1.1 200 OK", kind[0], body(random, head, step)));
    }
    boolean https = random.nextInt(4) == 0;
    boolean joined = random.nextInt(3) == 0;
    Exchange seen = joined ? joined(exchange, random) : exchange;
    OrdinaryFlow flow = OrdinaryFlow.of("web objects " + kind[0], seen, https ? 443 : 80);
    String[] alarms = {"http-on-https-port", "unknown-on-https-port"};
    OrdinaryFlow named = (https ? flow.alarming(alarms) : flow).named("http");
    return joined ? named.joined() : named;
  }

  /** The connection from any byte of any message on, in segments. */
  private static Exchange joined(Exchange whole, Random random) {
    Exchange seen = Exchange.tcp();
    int first = random.nextInt(whole.pieces().size());
    int missed = random.nextInt(whole.pieces().get(first).bytes().length);
    for (Exchange.Piece piece : whole.pieces().subList(first, whole.pieces().size())) {
      byte[] bytes = piece.bytes();
      for (int at = missed; at < bytes.length; at += SEGMENT) {
        byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + SEGMENT));
        if (piece.direction() == Direction.ORIGINATOR) {
          seen.client(part);
        } else {
          seen.server(part);
        }
      }
      missed = 0;
    }
    return seen;
  }

  /**
   * Bytes that the objects of a connection begin with alike, behind their magic; just 8 of them,
   * random and alike in both directions, would be MTProto's to anybody.
   */
  private static byte[] shared(Random random) {
    return Fill.bytes(random, random.nextBoolean() ? random.nextInt(6) : 9 + random.nextInt(9));
  }

  /** Sizes where every second fits MTProto's: 24 and blocks of 16. */
  private static byte[] body(Random random, byte[] head, int step) {
    int size = Math.max(head.length, 40 + step * random.nextInt(60));
    int rest = size - head.length;
    return switch (random.nextInt(3)) {
      case 0 -> Fill.join(head, Fill.ascii(Fill.letters(random, rest)));
      case 1 -> Fill.join(head, new byte[Math.min(rest, 5)], Fill.bytes(random, rest));
      default -> Fill.join(head, Fill.bytes(random, rest));
    };
  }

  private static byte[] message(String line, String type, byte[] body) {
    String content = type == null ? "" : "Content-Type: " + type + "\r\n";
    String head = line + "\r\nHost: a.example\r\n" + content + "Content-Length: " + body.length;
    return Fill.join(Fill.ascii(head + "\r\n\r\n"), body);
  }
}
