package dev.forensics.indexer.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.evidence.PacketExport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint answers those who ask, whatever others send, or do not send. */
class HttpEndpointTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final PacketExport NOTHING = id -> Optional.empty();

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private HttpEndpoint endpoint(
      Duration requestPatience, Supplier<Health> health, PacketExport packets) throws IOException {
    HttpSettings settings =
        new HttpSettings(
            new InetSocketAddress(LOOPBACK, 0), null, null, Duration.ofMinutes(1), requestPatience);
    HttpEndpoint endpoint = new HttpEndpoint(settings, health, () -> "up 1\n", packets);
    open.add(0, endpoint);
    return endpoint;
  }

  private HttpEndpoint endpoint(Duration requestPatience) throws IOException {
    return endpoint(requestPatience, () -> new Health(true, true, List.of()), NOTHING);
  }

  private Socket send(HttpEndpoint endpoint, String bytes) throws IOException {
    Socket socket = new Socket(LOOPBACK, endpoint.address().getPort());
    open.add(socket);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // closed with data of ours under way
    }
  }

  private String ask(HttpEndpoint endpoint, String path) throws IOException {
    return rest(send(endpoint, request(path)));
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  @Test
  void shouldAnswerThoughManyRequestsAreHalfSent() throws IOException {
    HttpEndpoint endpoint = endpoint(Duration.ofMinutes(5));
    for (int i = 0; i < 300; i++) {
      send(endpoint, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-a: b");
    }
    assertThat(ask(endpoint, "/health")).startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldAnswerEachOfManyThatAskAtOnce() throws IOException {
    HttpEndpoint endpoint = endpoint(Duration.ofMinutes(5));
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(send(endpoint, request("/metrics")));
    }
    for (Socket one : all) {
      assertThat(rest(one)).startsWith("HTTP/1.1 200").endsWith("up 1\n");
    }
  }

  /** Nothing, half a request, a TLS hello, binary, a line without an end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /health HTTP/1.1\r\nHost: loc",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "\u0000\u0001\u0002\u0003",
        "GET /aaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void shouldCloseWhatIsNoWholeRequest(String bytes) throws IOException {
    HttpEndpoint endpoint = endpoint(Duration.ofMillis(200));
    assertThat(rest(send(endpoint, bytes))).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void shouldCloseARequestThatComesOctetByOctet() throws IOException {
    HttpEndpoint endpoint = endpoint(Duration.ofMillis(200));
    Socket socket = send(endpoint, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-a: ");
    socket.setSoTimeout(5);
    boolean isOpen = true;
    while (isOpen) {
      try {
        socket.getOutputStream().write('b');
        isOpen = socket.getInputStream().read() >= 0;
      } catch (java.net.SocketTimeoutException e) {
        // it waits for more
      } catch (SocketException e) {
        isOpen = false;
      }
    }
  }

  @Test
  void shouldWaitForTheNextRequestOfAConnectionAndForALongAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Supplier<Health> slow =
        () -> {
          asked.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Health(true, true, List.of());
        };
    HttpEndpoint endpoint = endpoint(Duration.ofMillis(200), slow, NOTHING);
    Socket answered = send(endpoint, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    asked.await();
    // Another connection is given up meanwhile: so the patience has passed.
    assertThat(rest(send(endpoint, "GET"))).doesNotContain("200");
    goOn.countDown();
    InputStream in = answered.getInputStream();
    assertThat(new String(in.readNBytes(12), StandardCharsets.ISO_8859_1))
        .isEqualTo("HTTP/1.1 200");
  }

  @Test
  void shouldAnswerTooManyHeaders() throws IOException {
    HttpEndpoint endpoint = endpoint(Duration.ofMinutes(5));
    String many = "X-header: of some length\r\n".repeat(2_000);
    String request = "GET /health HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n";
    Socket socket = new Socket(LOOPBACK, endpoint.address().getPort());
    open.add(socket);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1), 0, 20_000);
    byte[] status = socket.getInputStream().readNBytes(12);
    assertThat(new String(status, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 431");
  }

  @Test
  void shouldAnswerAFaultOfItsOwn() throws IOException {
    HttpEndpoint endpoint =
        endpoint(
            Duration.ofMinutes(5),
            () -> {
              throw new IllegalStateException("a fault with its inside");
            },
            NOTHING);
    assertThat(ask(endpoint, "/health"))
        .startsWith("HTTP/1.1 500")
        .doesNotContain("inside")
        .doesNotContain("dev.forensics");
    assertThat(ask(endpoint, "/metrics")).startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldNameNoServer() throws IOException {
    assertThat(ask(endpoint(Duration.ofMinutes(5)), "/health").toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("server:")
        .doesNotContain("jetty");
  }
}
