package dev.forensics.indexer.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.transport.TransportUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedElasticsearchIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void shouldRunSeveralAtOnceAndLeaveNothingBehind() throws Exception {
    Path firstFolder;
    Path secondFolder;
    ProcessHandle first;
    List<Path> sockets;
    Set<String> before = leftByLaunchers();
    try (EmbeddedElasticsearch one = EmbeddedElasticsearch.start(EmbeddedOptions.defaults());
        EmbeddedElasticsearch two = EmbeddedElasticsearch.start(EmbeddedOptions.defaults())) {
      assertThat(one.url()).isNotEqualTo(two.url());
      assertThat(get(one.url().resolve("/_cluster/health")).body()).contains("forensics-embedded");
      assertThat(get(two.url().resolve("/_cluster/health")).statusCode()).isEqualTo(200);
      firstFolder = one.folder();
      secondFolder = two.folder();
      first = ProcessHandle.of(one.pid()).orElseThrow();
      sockets = attachSockets(first);
    }
    assertThat(first.isAlive()).isFalse();
    assertThat(sockets).isNotEmpty().noneMatch(Files::exists);
    assertThat(firstFolder).doesNotExist();
    assertThat(secondFolder).doesNotExist();
    assertThat(leftByLaunchers()).isSubsetOf(before);
  }

  /** Where the Java processes of a node listen for those that attach, on Linux. */
  private static List<Path> attachSockets(ProcessHandle node) {
    return node.descendants()
        .map(process -> Path.of("/tmp/.java_pid" + process.pid()))
        .filter(Files::exists)
        .toList();
  }

  /** What Elasticsearch's launcher puts beside the node, unless it is told where to. */
  private static Set<String> leftByLaunchers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("final-flags"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void shouldKeepDocumentsInAFolderThatStays(@TempDir Path temporary) throws Exception {
    openTo(temporary);
    EmbeddedOptions options = EmbeddedOptions.defaults().withFolder(temporary.resolve("node"));
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options)) {
      put(node.url().resolve("/things/_doc/1?refresh=true"), "{\"a\":1}");
    }
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options)) {
      assertThat(get(node.url().resolve("/things/_doc/1")).body()).contains("\"a\":1");
    }
  }

  @Test
  void shouldRefuseAFolderWithForeignFiles(@TempDir Path temporary) throws Exception {
    Files.writeString(temporary.resolve("letter.txt"), "not yours");
    assertThatThrownBy(
            () -> EmbeddedElasticsearch.start(EmbeddedOptions.defaults().withFolder(temporary)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not empty");
    assertThat(temporary.resolve("letter.txt")).hasContent("not yours");
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(EmbeddedOptions.defaults())) {
      EmbeddedOptions samePort = EmbeddedOptions.defaults().withPort(node.url().getPort());
      assertThatThrownBy(() -> EmbeddedElasticsearch.start(samePort))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port is taken");
    }
  }

  @Test
  void shouldShowTheEndOfTheLogWhenItDoesNotStart() {
    EmbeddedOptions tooLarge = EmbeddedOptions.defaults().withHeapMegabytes(Integer.MAX_VALUE);
    assertThatThrownBy(() -> EmbeddedElasticsearch.start(tooLarge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended while starting")
        .hasMessageContaining("heap");
  }

  @Test
  void shouldNotOutliveAKilledParent() throws Exception {
    Process parent = startHolder();
    try {
      String[] said = firstLine(parent).split(" ", -1);
      ProcessHandle supervisor = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
      List<ProcessHandle> tree = supervisor.descendants().toList();
      assertThat(tree).isNotEmpty();
      parent.destroyForcibly().waitFor();

      supervisor.onExit().get(40, TimeUnit.SECONDS);
      for (ProcessHandle process : tree) {
        awaitEnd(process);
      }
      assertThat(Path.of(said[2])).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void shouldOutliveItsStarterWhenKept() throws Exception {
    EmbeddedElasticsearch node =
        EmbeddedElasticsearch.start(EmbeddedOptions.defaults().withKeep(true));
    node.close();
    KeptNode kept = KeptNode.find().orElseThrow();
    assertThat(kept.url()).isEqualTo(node.url());
    assertThat(get(kept.url().resolve("/_cluster/health")).statusCode()).isEqualTo(200);
    kept.stop();
    assertThat(node.isAlive()).isFalse();
    assertThat(node.folder()).doesNotExist();
    assertThat(KeptNode.find()).isEmpty();
  }

  @Test
  void shouldAskForAUserOverTlsWithSecurityOn() throws Exception {
    EmbeddedSecurity security =
        new EmbeddedSecurity(
            List.of(new EmbeddedSecurity.User("chief", "pass-word-1", List.of("superuser"))), "");
    try (EmbeddedElasticsearch node =
        EmbeddedElasticsearch.start(EmbeddedOptions.defaults().withSecurity(security))) {
      HttpClient trusting =
          HttpClient.newBuilder()
              .sslContext(
                  TransportUtils.sslContextFromHttpCaCrt(node.certificate().orElseThrow().toFile()))
              .build();
      HttpRequest.Builder health =
          HttpRequest.newBuilder(node.url().resolve("/_cluster/health")).timeout(seconds(20));
      assertThat(status(trusting, health)).isEqualTo(401);
      assertThat(status(trusting, health.setHeader("Authorization", basic("chief:wrong"))))
          .isEqualTo(401);
      assertThat(status(trusting, health.setHeader("Authorization", basic("chief:pass-word-1"))))
          .isEqualTo(200);
    }
  }

  private static Process startHolder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            NodeHolder.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The log may share standard output; the line wanted begins with the process id. */
  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.matches("\\d+ http://\\S+ /\\S+")) {
        return line;
      }
    }
    throw new IOException("the other program ended without starting a node");
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** JUnit's temporary folders are closed to other users, and as root the node is one. */
  private static void openTo(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void put(URI uri, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    assertThat(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(201);
  }

  private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
