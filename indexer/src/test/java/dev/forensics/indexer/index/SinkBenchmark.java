package dev.forensics.indexer.index;

import com.sun.management.OperatingSystemMXBean;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The sink against what the node takes of the same documents: {@code main [documents] [rounds]
 * [concurrency]}. In each round the same documents go once through the sink and once as bulk bodies
 * made beforehand, sent by the JDK's HTTP client with as many requests at a time; the order changes
 * from round to round, since a node gets slower and faster. Prints documents per second, and the
 * processor time of this process a document, which a busy machine changes little.
 */
public final class SinkBenchmark {
  private static final int BULK_DOCUMENTS = 5_000;
  private static final byte[] LINE_BREAK = {'\n'};

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final EmbeddedElasticsearch node;
  private final List<EcsDocument> documents;
  private final int concurrency;
  private long cpuBegun;
  private final Path folder = Files.createTempDirectory("sink-benchmark");

  private SinkBenchmark(EmbeddedElasticsearch node, List<EcsDocument> documents, int concurrency)
      throws IOException {
    this.node = node;
    this.documents = documents;
    this.concurrency = concurrency;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    int concurrency = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    EmbeddedOptions options = EmbeddedOptions.defaults().withHeapMegabytes(1_024);
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options)) {
      SinkBenchmark benchmark = new SinkBenchmark(node, documents(count), concurrency);
      benchmark.run("warm-up");
      double sink = 0;
      double raw = 0;
      for (int round = 1; round <= rounds; round++) {
        boolean sinkFirst = round % 2 == 1;
        double first = sinkFirst ? benchmark.sink("s" + round) : benchmark.raw("r" + round);
        double second = sinkFirst ? benchmark.raw("r" + round) : benchmark.sink("s" + round);
        sink += sinkFirst ? first : second;
        raw += sinkFirst ? second : first;
      }
      System.out.printf(
          "documents/s: sink=%.0f raw=%.0f ratio=%.3f (seconds: sink=%.1f raw=%.1f)%n",
          rounds * (double) count / sink, rounds * (double) count / raw, raw / sink, sink, raw);
    }
  }

  private void run(String name) throws Exception {
    sink(name.replace("-", "") + "s");
    raw(name.replace("-", "") + "r");
  }

  /** Flows of about 800 bytes whose fields differ as real ones do. */
  private static List<EcsDocument> documents(int count) {
    Random random = new Random(4711);
    List<EcsDocument> documents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String id = String.format("%016x%016x", random.nextLong(), random.nextLong());
      documents.add(
          new EcsDocument(
              DocumentKind.FLOW, id, json(id, i, random).getBytes(StandardCharsets.UTF_8)));
    }
    return documents;
  }

  private static String json(String id, int number, Random random) {
    long bytes = 60L + random.nextInt(1 << 20);
    String client = "10.1." + random.nextInt(40) + "." + random.nextInt(250);
    String server = "149.154." + random.nextInt(160) + "." + random.nextInt(250);
    String time =
        String.format(
            "2026-11-22T%02d:%02d:%02d.%09dZ",
            number / 3600 % 24, number / 60 % 60, number % 60, random.nextInt(1_000_000_000));
    return """
        {"@timestamp":"%s","ecs":{"version":"8.17.0"},"event":{"kind":"event","category":["network"],\
        "type":["connection","end"],"dataset":"forensics.flow","module":"forensics","id":"%s",\
        "start":"%s","end":"%s","duration":%d,"created":"%s"},"network":{"type":"ipv4",\
        "transport":"tcp","iana_number":"6","protocol":"http","community_id":"1:%s=","bytes":%d,\
        "packets":%d},"source":{"ip":"%s","port":%d,"bytes":%d,"packets":%d},"destination":{"ip":"%s",\
        "port":443,"bytes":%d,"packets":%d},"client":{"ip":"%s","port":%d},"server":{"ip":"%s",\
        "port":443},"http":{"version":"1.1","request":{"method":"POST"}},"observer":{"name":"probe-1"},\
        "related":{"ip":["%s","%s"]},"forensics":{"flow":{"state":"closed","history":"ShADadFf"}}}"""
        .formatted(
            time,
            id,
            time,
            time,
            random.nextInt(1 << 30),
            time,
            id.substring(5),
            bytes,
            bytes / 700 + 1,
            client,
            1024 + random.nextInt(60_000),
            bytes / 3,
            bytes / 2100 + 1,
            server,
            bytes - bytes / 3,
            bytes / 1000 + 1,
            client,
            4000,
            server,
            client,
            server);
  }

  private double sink(String namespace) throws Exception {
    BulkSettings bulk = BulkSettings.defaults(folder).withConcurrency(concurrency);
    ElasticsearchSettings settings =
        ElasticsearchSettings.of(node.url(), bulk).withNamespace(namespace);
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(settings);
        ElasticsearchSink sink = new ElasticsearchSink(connection)) {
      IndexSetup.install(connection, Retention.defaults());
      cpuBegun = PROCESS.getProcessCpuTime();
      long begun = System.nanoTime();
      for (EcsDocument document : documents) {
        sink.accept(document);
      }
      sink.flush();
      double seconds = report("sink", begun);
      drop(connection);
      return seconds;
    }
  }

  private double raw(String namespace) throws Exception {
    List<byte[]> bodies = bodies(namespace);
    ExecutorService senders = Executors.newFixedThreadPool(concurrency);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try {
      cpuBegun = PROCESS.getProcessCpuTime();
      long begun = System.nanoTime();
      List<Future<Integer>> answers = new ArrayList<>();
      for (byte[] body : bodies) {
        answers.add(senders.submit(() -> post(client, body)));
      }
      for (Future<Integer> answer : answers) {
        if (answer.get() != 200) {
          throw new IOException("status " + answer.get());
        }
      }
      return report("raw", begun);
    } finally {
      senders.shutdownNow();
      try (ElasticsearchConnection connection =
          ElasticsearchConnection.open(
              ElasticsearchSettings.of(node.url(), BulkSettings.defaults(folder))
                  .withNamespace(namespace))) {
        drop(connection);
      }
    }
  }

  /** Old documents would make the node merge while the next ones are measured. */
  private static void drop(ElasticsearchConnection connection) throws IOException {
    String stream = connection.names().of(DocumentKind.FLOW);
    JsonRequests requests = new JsonRequests(connection);
    requests.send("POST", "/" + stream + "/_flush", null);
  }

  private List<byte[]> bodies(String namespace) {
    IndexNames names = new IndexNames(namespace);
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < documents.size(); from += BULK_DOCUMENTS) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (EcsDocument document :
          documents.subList(from, Math.min(documents.size(), from + BULK_DOCUMENTS))) {
        String action =
            "{\"create\":{\"_index\":\""
                + names.of(DocumentKind.FLOW)
                + "\",\"_id\":\""
                + document.id()
                + "\"}}\n";
        body.writeBytes(action.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(document.json());
        body.writeBytes(LINE_BREAK);
      }
      bodies.add(body.toByteArray());
    }
    return bodies;
  }

  private int post(HttpClient client, byte[] body) throws IOException, InterruptedException {
    URI bulk = node.url().resolve("/_bulk?filter_path=errors");
    HttpRequest request =
        HttpRequest.newBuilder(bulk)
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (!answer.body().contains("\"errors\":false")) {
      throw new IOException("bulk failed: " + answer.body());
    }
    return answer.statusCode();
  }

  private double report(String name, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpu = (PROCESS.getProcessCpuTime() - cpuBegun) / 1e3 / documents.size();
    System.out.printf(
        "%s: %.0f documents/s, %.1f us of processor a document%n",
        name, documents.size() / seconds, cpu);
    return seconds;
  }
}
