package dev.forensics.indexer.detect.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated keep-alive conversations, cut at random, also with bytes missing, against truth. */
class HttpConversationTest {
  private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT", "OPTIONS", "REPORT"};

  private final List<String> targets = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private long requestBodies;
  private long responseBodies;
  private boolean quoting = true;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void shouldFindEveryMessageHoweverItIsCut(long seed) {
    Random random = new Random(seed);
    Exchange exchange = conversation(random, 1 + random.nextInt(30));
    HttpFacts facts = parse(exchange, random, 0);
    assertThat(facts.requests).extracting(HttpRequest::target).containsExactlyElementsOf(targets);
    assertThat(facts.responses)
        .extracting(HttpResponse::status)
        .containsExactlyElementsOf(statuses.subList(0, Math.min(32, statuses.size())));
    assertThat(facts.requestCount).isEqualTo(targets.size());
    assertThat(facts.requestBodyBytes).isEqualTo(requestBodies);
    assertThat(facts.responseBodyBytes).isEqualTo(responseBodies);
    assertThat(facts.resyncs).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108})
  void shouldInventNothingWhenBytesAreMissing(long seed) {
    Random random = new Random(seed);
    quoting = false;
    Exchange exchange = conversation(random, 20);
    HttpFacts facts = parse(exchange, random, 20);
    assertThat(targets).containsAll(facts.requests.stream().map(HttpRequest::target).toList());
    assertThat(facts.requestCount).isLessThanOrEqualTo(targets.size());
    assertThat(statuses).containsAll(facts.responses.stream().map(HttpResponse::status).toList());
  }

  /** Cuts at random; one piece of so many is lost, whole targets are never cut by a loss. */
  private static HttpFacts parse(Exchange exchange, Random random, int lossOneIn) {
    FlowFacts facts = new FlowFacts();
    HttpParser parser = new HttpParser(exchange.flow(), facts);
    for (Exchange.Piece piece : exchange.pieces()) {
      byte[] bytes = piece.bytes();
      if (lossOneIn > 0 && random.nextInt(lossOneIn) == 0) {
        parser.gap(piece.direction(), bytes.length, 1);
        continue;
      }
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(80));
        parser.payload(piece.direction(), bytes, at, length, 1);
        at += length;
      }
    }
    parser.ended();
    return facts.get(HttpFacts.class);
  }

  private Exchange conversation(Random random, int messages) {
    Exchange exchange = Exchange.tcp();
    for (int i = 0; i < messages; i++) {
      String method = METHODS[random.nextInt(METHODS.length)];
      exchange.client(request(random, method, i));
      if (random.nextInt(5) == 0) {
        statuses.add(100);
        exchange.server("HTTP/1.1 100 Continue\r\n\r\n");
      }
      exchange.server(response(random, method));
    }
    return exchange;
  }

  private String request(Random random, String method, int number) {
    String target = "/r" + number + "?q=" + random.nextInt(1000);
    targets.add(target);
    String head = method + " " + target + " HTTP/1.1\r\nHost: example\r\n";
    String body = method.equals("GET") || method.equals("HEAD") ? "" : body(random);
    requestBodies += body.length();
    if (body.isEmpty()) {
      return head + "\r\n";
    }
    return random.nextBoolean()
        ? head + "Content-Length: " + body.length() + "\r\n\r\n" + body
        : head + "Transfer-Encoding: gzip, Chunked\r\n\r\n" + chunked(random, body);
  }

  private String response(Random random, String method) {
    int status = new int[] {200, 204, 304, 404}[random.nextInt(4)];
    statuses.add(status);
    String head = "HTTP/1.1 " + status + " Reason\r\nServer: s\r\n";
    String body = body(random);
    boolean none = method.equals("HEAD") || status == 204 || status == 304;
    if (none) {
      return head + "Content-Length: 123\r\n\r\n";
    }
    responseBodies += body.length();
    return random.nextBoolean()
        ? head + "content-length:" + body.length() + "\r\n\r\n" + body
        : head + "TRANSFER-ENCODING: chunked\r\n\r\n" + chunked(random, body);
  }

  /** Bodies that look like messages must not be taken for some while no byte is missing. */
  private String body(Random random) {
    StringBuilder body = new StringBuilder();
    int lines = random.nextInt(8);
    for (int i = 0; i < lines; i++) {
      String quoted = random.nextBoolean() ? "GET /fake HTTP/1.1\r\n\r\n" : "HTTP/1.1 500 Fake\r\n";
      body.append(quoting ? quoted : "");
      body.append("x".repeat(random.nextInt(200)));
    }
    return body.toString();
  }

  private static String chunked(Random random, String body) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < body.length(); ) {
      int length = Math.min(body.length() - at, 1 + random.nextInt(100));
      text.append(Integer.toHexString(length)).append(random.nextBoolean() ? ";e=1\r\n" : "\r\n");
      text.append(body, at, at + length).append("\r\n");
      at += length;
    }
    text.append(random.nextBoolean() ? "0\r\n\r\n" : "0\r\nTrailer: t\r\n\r\n");
    return text.toString();
  }
}
