package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.serve.Health;
import dev.forensics.indexer.serve.HttpEndpoint;
import dev.forensics.indexer.serve.HttpSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint serves packets to those who may have them, and nothing else. */
class PacketsOverHttpTest {
  private static final String TOKEN = "a-secret-of-some-length";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HttpEndpoint> open = new ArrayList<>();
  private List<TestFrame> flow;
  private Path capture;
  private ReadDocuments documents;
  private FlowPackets alarm;

  @BeforeEach
  void makeAlarm() throws Exception {
    Path ring = Files.createDirectory(folder.resolve("ring"));
    flow = TestTraffic.alarm(50_001, 20, TestTraffic.START, TestTraffic.MILLISECOND);
    List<TestFrame> others = TestTraffic.others(3, 300, TestTraffic.START, 50_000);
    capture = TestFrame.write(ring.resolve("x.pcap"), TestFrame.merged(flow, others));
    documents = ReadDocuments.of(capture);
    alarm = documents.alarm();
  }

  @AfterEach
  void close() {
    open.forEach(HttpEndpoint::close);
  }

  private StoredPackets packets() {
    CaptureFinder finder = new CaptureFinder(RecordedPaths.NONE, List.of(capture.getParent()));
    return new StoredPackets(
        new EvidenceFolder(folder.resolve("evidence")), documents, documents, finder);
  }

  private HttpEndpoint open(String token, PacketExport packets) throws IOException {
    return openWith(
        new HttpSettings(new InetSocketAddress(LOOPBACK, 0), token, "https://packets.example"),
        packets);
  }

  private HttpEndpoint openWith(HttpSettings settings, PacketExport packets) throws IOException {
    Health health = new Health(true, true, List.of());
    HttpEndpoint endpoint = new HttpEndpoint(settings, () -> health, () -> "up 1\n", packets);
    open.add(endpoint);
    return endpoint;
  }

  private HttpRequest.Builder request(HttpEndpoint endpoint, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path));
  }

  private HttpResponse<byte[]> get(HttpEndpoint endpoint, String path) throws Exception {
    return client.send(request(endpoint, path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private List<TestFrame> frames(byte[] body) throws IOException {
    Path file = Files.createTempFile(folder, "body", ".pcapng");
    Files.write(file, body);
    return TestFrame.read(file);
  }

  @Test
  void shouldServeThePacketsOfAnAlarmAndOfItsFlow() throws Exception {
    HttpEndpoint endpoint = open(null, packets());
    for (String id : List.of(alarm.documentId(), alarm.flowId())) {
      HttpResponse<byte[]> answer = get(endpoint, "/pcap/" + id);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-pcapng");
      assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
          .isEqualTo("attachment; filename=\"" + id + ".pcapng\"");
      assertThat(frames(answer.body())).isEqualTo(flow);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pcap/..",
        "/pcap/.",
        "/pcap/",
        "/pcap/../../etc/passwd",
        "/pcap/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/pcap/a%00b",
        "/pcap/a%0d%0aSet-Cookie:x",
        "/pcap//etc/passwd",
        "/pcap/%22"
      })
  void shouldRefuseWhatIsNoId(String path) throws Exception {
    HttpEndpoint endpoint = open(null, packets());
    assertThat(raw(endpoint, "GET " + path + " HTTP/1.1", "127.0.0.1")).startsWith("HTTP/1.1 400");
  }

  @Test
  void shouldSayWhichIdsItDoesNotKnowAndWhichPacketsAreGone() throws Exception {
    HttpEndpoint endpoint = open(null, packets());
    assertThat(get(endpoint, "/pcap/0123456789abcdef0123456789abcdef").statusCode()).isEqualTo(404);
    assertThat(get(endpoint, "/nothing").statusCode()).isEqualTo(404);
    assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);
    assertThat(new String(get(endpoint, "/metrics").body(), StandardCharsets.UTF_8))
        .isEqualTo("up 1\n");

    Files.delete(capture);
    assertThat(get(endpoint, "/pcap/" + alarm.documentId()).statusCode()).isEqualTo(410);
    HttpRequest post =
        request(endpoint, "/pcap/" + alarm.documentId())
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<Void> refused = client.send(post, HttpResponse.BodyHandlers.discarding());
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void shouldAnswerHeadAsGetWithoutTheBody() throws Exception {
    HttpEndpoint endpoint = open(TOKEN, packets());
    String path = "/pcap/" + alarm.documentId();
    String answer = raw(endpoint, "HEAD " + path + "?token=" + TOKEN + " HTTP/1.1", "127.0.0.1");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("application/x-pcapng");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT)).endsWith("\r\n\r\n");
    assertThat(raw(endpoint, "HEAD " + path + " HTTP/1.1", "127.0.0.1")).startsWith("HTTP/1.1 401");
    String unknown = "/pcap/0123456789abcdef0123456789abcdef?token=" + TOKEN;
    assertThat(raw(endpoint, "HEAD " + unknown + " HTTP/1.1", "127.0.0.1"))
        .startsWith("HTTP/1.1 404")
        .endsWith("\r\n\r\n");
    assertThat(raw(endpoint, "HEAD /health HTTP/1.1", "127.0.0.1"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  /** More than the buffers of a connection take: 16,000 packets of 1,400 bytes. */
  private String hugeFlow() throws Exception {
    List<TestFrame> huge = new ArrayList<>();
    byte[] payload = new byte[1_400];
    for (int i = 0; i < 16_000; i++) {
      huge.add(
          TestFrame.of(
              TestTraffic.START + i * 1_000L,
              PacketBuilder.ethernet()
                  .ipv4(TestTraffic.CLIENT, TestTraffic.SERVER)
                  .udp(7_000, 7_001)
                  .payload(payload)));
    }
    documents = ReadDocuments.of(capture, TestFrame.write(capture.resolveSibling("huge"), huge));
    return documents.all(DocumentKind.FLOW).stream()
        .filter(found -> found.sourcePort() == 7_000)
        .findFirst()
        .orElseThrow()
        .documentId();
  }

  @Test
  void shouldAnswerHealthThoughManyReadersAreSlow() throws Exception {
    String id = hugeFlow();
    HttpEndpoint endpoint = open(null, packets());
    List<Socket> slow = new ArrayList<>();
    try {
      slow.add(ask(endpoint, id));
      assertThat(slow.get(0).getInputStream().read()).isEqualTo('H');
      for (int i = 0; i < 11; i++) {
        slow.add(ask(endpoint, id));
      }
      assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);
      assertThat(get(endpoint, "/metrics").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    // Those who went away gave their turns back.
    assertThat(frames(get(endpoint, "/pcap/" + id).body())).hasSize(16_000);
    for (int i = 0; i < 100 && openFiles(capture.resolveSibling("huge")) > 0; i++) {
      Thread.sleep(100);
    }
    assertThat(openFiles(capture.resolveSibling("huge"))).isZero();
  }

  /** Three paused downloads and one that goes on slowly have all turns; the fifth gets one. */
  @Test
  void shouldCutOffReadersThatTakeNothing() throws Exception {
    String id = hugeFlow();
    Duration patience = Duration.ofSeconds(3);
    InetSocketAddress anyPort = new InetSocketAddress(LOOPBACK, 0);
    HttpEndpoint endpoint =
        openWith(new HttpSettings(anyPort, null, null, patience, patience), packets());
    List<Socket> paused = new ArrayList<>();
    try (Socket slow = ask(endpoint, id)) {
      for (int i = 0; i < 3; i++) {
        paused.add(ask(endpoint, id));
        assertThat(paused.get(i).getInputStream().read()).isEqualTo('H');
      }
      CompletableFuture<Long> slowly = CompletableFuture.supplyAsync(() -> readSlowly(slow));
      assertThat(frames(get(endpoint, "/pcap/" + id).body())).hasSize(16_000);
      for (Socket socket : paused) {
        assertThat(new String(rest(socket), StandardCharsets.ISO_8859_1))
            .as("the end of a whole answer")
            .doesNotEndWith("\r\n0\r\n\r\n");
      }
      assertThat(slowly.get()).isGreaterThan(16_000 * 1_400L);
    } finally {
      for (Socket socket : paused) {
        socket.close();
      }
    }
  }

  /** Takes seconds longer than the patience for one that takes nothing. */
  private static long readSlowly(Socket socket) {
    byte[] part = new byte[1 << 20];
    long all = 0;
    try {
      int read = socket.getInputStream().read(part);
      while (read > 0) {
        all += read;
        Thread.sleep(read >> 12); // 4 MiB a second
        read = socket.getInputStream().read(part);
      }
      return all;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("after " + all + " bytes", e);
    }
  }

  private static byte[] rest(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return new byte[0]; // cut off with data under way
    }
  }

  private static Socket ask(HttpEndpoint endpoint, String id) throws IOException {
    Socket socket = new Socket(LOOPBACK, endpoint.address().getPort());
    String request =
        "GET /pcap/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** How often this process has a file open, as Linux tells it. */
  private static long openFiles(Path file) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "skipped: no /proc here");
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(link -> leadsTo(link, file)).count();
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldServeOnlyUnderItsOwnNames() throws Exception {
    HttpEndpoint endpoint = open(null, packets());
    String line = "GET /pcap/" + alarm.documentId() + " HTTP/1.1";
    int port = endpoint.address().getPort();
    for (String own :
        List.of(
            "127.0.0.1", "localhost:" + port, "[::1]:" + port, "packets.example", "LOCALHOST")) {
      assertThat(raw(endpoint, line, own)).as(own).startsWith("HTTP/1.1 200");
    }
    for (String foreign :
        List.of("evil.example", "localhost.evil.example:" + port, "127.0.0.1.x")) {
      assertThat(raw(endpoint, line, foreign)).as(foreign).startsWith("HTTP/1.1 421");
    }
    assertThat(raw(endpoint, line, "")).startsWith("HTTP/1.1 400");
    assertThat(raw(endpoint, "GET /metrics HTTP/1.1", "evil.example")).startsWith("HTTP/1.1 421");
  }

  @Test
  void shouldAskForTheToken() throws Exception {
    HttpEndpoint endpoint = open(TOKEN, packets());
    String path = "/pcap/" + alarm.documentId();
    assertThat(get(endpoint, path).statusCode()).isEqualTo(401);
    assertThat(get(endpoint, "/pcap/0123456789abcdef0123456789abcdef").statusCode()).isEqualTo(401);
    assertThat(get(endpoint, path + "?token=wrong").statusCode()).isEqualTo(401);
    assertThat(get(endpoint, path + "?token=").statusCode()).isEqualTo(401);
    assertThat(withHeader(endpoint, path, "Bearer " + TOKEN + "x")).isEqualTo(401);
    assertThat(withHeader(endpoint, path, "Basic " + TOKEN)).isEqualTo(401);

    assertThat(withHeader(endpoint, path, "Bearer " + TOKEN)).isEqualTo(200);
    assertThat(get(endpoint, path + "?token=" + TOKEN).statusCode()).isEqualTo(200);
    assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);
  }

  /** A click in Kibana carries no token: the browser asks for it once. */
  @Test
  void shouldLetABrowserAskForTheToken() throws Exception {
    HttpEndpoint endpoint = open(TOKEN, packets());
    String path = "/pcap/" + alarm.documentId();
    assertThat(get(endpoint, path).headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Basic realm=");
    assertThat(withHeader(endpoint, path, basic("", TOKEN))).isEqualTo(200);
    assertThat(withHeader(endpoint, path, basic("anybody", TOKEN))).isEqualTo(200);
    assertThat(withHeader(endpoint, path, basic(TOKEN, ""))).isEqualTo(401);
    assertThat(withHeader(endpoint, path, basic("", TOKEN + "x"))).isEqualTo(401);
    assertThat(withHeader(endpoint, path, "Basic %%%")).isEqualTo(401);
    assertThat(withHeader(endpoint, path, "Basic ")).isEqualTo(401);
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private int withHeader(HttpEndpoint endpoint, String path, String authorization)
      throws Exception {
    HttpRequest request = request(endpoint, path).header("Authorization", authorization).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void shouldNotListenToOthersWithoutAToken() throws Exception {
    InetSocketAddress everybody = new InetSocketAddress("0.0.0.0", 0);
    assertThatThrownBy(() -> new HttpSettings(everybody, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token_file is needed");
    assertThat(new HttpSettings(everybody, TOKEN, null).toString()).doesNotContain(TOKEN);
    assertThat(open(null, packets()).address().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void shouldServeManyAtOnce() throws Exception {
    Path others = capture.resolveSibling("y.pcap");
    TestFrame.write(
        others, TestTraffic.alarm(50_002, 500, TestTraffic.START, TestTraffic.MILLISECOND));
    documents = ReadDocuments.of(capture, TestFrame.gzip(others));
    HttpEndpoint endpoint = open(null, packets());
    List<FlowPackets> alarms = documents.all(DocumentKind.ALARM);
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String id = alarms.get(i % alarms.size()).documentId();
      answers.add(
          client.sendAsync(
              request(endpoint, "/pcap/" + id).build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    for (int i = 0; i < answers.size(); i++) {
      HttpResponse<byte[]> answer = answers.get(i).get();
      assertThat(answer.statusCode()).isEqualTo(200);
      boolean isFirst = alarms.get(i % alarms.size()).sourcePort() == 50_001;
      assertThat(frames(answer.body())).hasSize(isFirst ? flow.size() : 1_006);
    }
  }

  @Test
  void shouldNotLetABrokenAnswerLookComplete() throws Exception {
    PacketExport breaks =
        id ->
            Optional.of(
                new PacketExport.Packets() {
                  @Override
                  public Optional<String> doubt() {
                    return Optional.empty();
                  }

                  @Override
                  public boolean areGone() {
                    return false;
                  }

                  @Override
                  public CopyCounts writeTo(OutputStream out) throws IOException {
                    out.write(new byte[200_000]);
                    throw new IOException("the disk broke");
                  }
                });
    HttpEndpoint endpoint = open(null, breaks);
    assertThatThrownBy(() -> get(endpoint, "/pcap/" + alarm.documentId()))
        .isInstanceOf(IOException.class);
    assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);
  }

  /** The Java client neither sends foreign host names nor paths that are not in normal form. */
  private static String raw(HttpEndpoint endpoint, String line, String host) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, endpoint.address().getPort())) {
      String request = line + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
