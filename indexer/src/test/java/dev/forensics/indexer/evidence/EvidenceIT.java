package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.cli.IndexerMain;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.index.AlarmQueries;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchSink;
import dev.forensics.indexer.index.FlowSegments;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** "forensics pcap" against a real Elasticsearch, its packets against those that tshark selects. */
@ExtendWith(ElasticsearchExtension.class)
class EvidenceIT {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = TestTraffic.START;
  private static final long MILLISECOND = TestTraffic.MILLISECOND;

  @TempDir private Path folder;
  private Path ring;
  private Path config;
  private String namespace;
  private ElasticsearchSettings settings;
  private ElasticsearchConnection connection;

  @BeforeEach
  void prepare(EmbeddedElasticsearch node) throws IOException {
    ring = Files.createDirectory(folder.resolve("ring"));
    namespace = "evidence" + NAMESPACES.incrementAndGet();
    config = folder.resolve("forensics.yml");
    Files.writeString(config, text(node.url().toString()));
    settings =
        ElasticsearchSettings.of(node.url(), BulkSettings.defaults(folder.resolve("dead")))
            .withNamespace(namespace);
    connection = ElasticsearchConnection.open(settings);
    IndexSetup.install(connection, Retention.defaults());
  }

  private String text(String url) {
    return """
        elasticsearch: { hosts: ["%s"], namespace: %s }
        sensors:
          - { name: edge-1, captures: %s }
        state: %s
        """
        .formatted(url, namespace, ring, folder.resolve("state"));
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Ran(int code, byte[] out, String err) {}

  private static Ran run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream newOut = new ByteArrayOutputStream();
    ByteArrayOutputStream newErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(newOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(newErr, true, StandardCharsets.UTF_8));
    try {
      String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
      int code = IndexerMain.execute(texts);
      return new Ran(code, newOut.toByteArray(), newErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private void ingest() throws Exception {
    assertThat(run("ingest", "--config", config, "--sensor", "edge-1", ring).code()).isZero();
    new AlarmQueries(connection).refresh();
  }

  private List<TestFrame> pcap(int code, Object... idsAndOptions) throws IOException {
    Path file = folder.resolve("out.pcapng");
    Files.deleteIfExists(file);
    List<Object> arguments = new ArrayList<>(List.of("pcap", "--config", config, "-o", file));
    arguments.addAll(List.of(idsAndOptions));
    Ran ran = run(arguments.toArray());
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    return Files.exists(file) ? TestFrame.read(file) : List.of();
  }

  /** The alarm about the connection from this port; 0 for any. */
  private FlowPackets alarm(int port) throws IOException {
    var hits =
        connection
            .client()
            .search(
                s -> s.index(connection.names().of(DocumentKind.ALARM)).size(1_000), JsonNode.class)
            .hits()
            .hits();
    for (var hit : hits) {
      FlowPackets alarm = FlowPackets.read(JSON.writeValueAsBytes(hit.source()));
      if (port == 0 || alarm.sourcePort() == port) {
        return alarm;
      }
    }
    throw new AssertionError("no alarm from port " + port);
  }

  /** What tshark selects from a capture by the filter of a document's flow. */
  private List<TestFrame> tshark(Path capture, FlowPackets flow) throws Exception {
    String filter =
        "ip.addr==%s && ip.addr==%s && tcp.port==%d && tcp.port==%d"
            .formatted(
                flow.sourceAddress(),
                flow.destinationAddress(),
                flow.sourcePort(),
                flow.destinationPort());
    Path selected = folder.resolve("tshark.pcapng");
    tool("tshark", "-r", capture.toString(), "-Y", filter, "-w", selected.toString());
    return TestFrame.read(selected);
  }

  private void tool(String... command) throws Exception {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, command[0])));
    assumeTrue(isThere, "skipped: " + command[0] + " is not installed");
    Path output = folder.resolve("tool.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** A day's traffic in three files of a ring. */
  private Path[] threeFiles(List<TestFrame> all, String ending) throws IOException {
    int third = all.size() / 3;
    return new Path[] {
      TestFrame.write(ring.resolve("x_00001" + ending), all.subList(0, third)),
      TestFrame.write(ring.resolve("x_00002" + ending), all.subList(third, 2 * third)),
      TestFrame.write(ring.resolve("x_00003" + ending), all.subList(2 * third, all.size()))
    };
  }

  private static List<TestFrame> traffic() {
    return TestFrame.merged(
        TestTraffic.alarm(50_001, 40, START + 7 * MILLISECOND, 10 * MILLISECOND),
        TestTraffic.alarm(50_002, 40, START + 9 * MILLISECOND, 10 * MILLISECOND),
        TestTraffic.others(5, 2_000, START, MILLISECOND / 2));
  }

  @Test
  void shouldGiveWhatTsharkSelectsThoughFilesWereRenamedCompressedAndReplaced() throws Exception {
    List<TestFrame> all = traffic();
    Path original = TestFrame.write(folder.resolve("original.pcap"), all);
    Path[] files = threeFiles(all, ".pcap");
    ingest();
    FlowPackets alarm = alarm(50_001);
    List<TestFrame> expected = tshark(original, alarm);
    assertThat(expected).hasSize(86);
    assertThat(pcap(0, alarm.documentId())).isEqualTo(expected);

    TestFrame.gzip(files[1]);
    Files.move(files[0], ring.resolve("kept-for-the-case"));
    TestFrame.write(files[0], TestTraffic.others(11, 900, START, MILLISECOND));

    assertThat(pcap(0, alarm.documentId())).isEqualTo(expected);
    assertThat(pcap(0, alarm.flowId(), alarm.documentId())).isEqualTo(expected);
    Ran piped = run("pcap", "--config", config, "-o", "-", alarm.documentId());
    Path saved = Files.write(folder.resolve("piped"), piped.out());
    assertThat(TestFrame.read(saved)).isEqualTo(expected);
    Path outside = Files.writeString(folder.resolve("outside"), "untouched");
    Path planted = Files.createSymbolicLink(folder.resolve("planted.pcapng"), outside);
    assertThat(run("pcap", "--config", config, "-o", planted, alarm.documentId()).code()).isZero();
    assertThat(outside).hasContent("untouched");
    assertThat(Files.isSymbolicLink(planted)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(planted)))
        .isEqualTo("rw-r-----");

    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(files[2], elsewhere.resolve("moved"));
    List<TestFrame> some = pcap(1, alarm.documentId());
    assertThat(some).isNotEmpty().isSubsetOf(expected).hasSizeLessThan(expected.size());
    assertThat(pcap(0, alarm.documentId(), "--captures", elsewhere)).isEqualTo(expected);
  }

  @Test
  void shouldFindCapturesOfNoSensorWhereTheLedgerSays() throws Exception {
    Path[] files = threeFiles(traffic(), ".pcap");
    ingest();
    FlowPackets alarm = alarm(50_001);
    String withoutSensors =
        Files.readString(config).replaceAll("(?s)sensors:.*?(?=\\nstate: )", "");
    Files.writeString(config, withoutSensors);

    assertThat(pcap(0, alarm.documentId())).hasSize(86);
    Files.move(files[1], ring.resolve("renamed"));
    assertThat(pcap(1, alarm.documentId())).isNotEmpty().hasSizeLessThan(86);
    assertThat(pcap(0, alarm.documentId(), "--captures", ring)).hasSize(86);
  }

  @Test
  void shouldGiveWhatTsharkSelectsFromARealRing() throws Exception {
    Path samples = Path.of("..", "samples", "recorded");
    Path original = folder.resolve("original.pcapng");
    List<String> merge = new ArrayList<>(List.of("mergecap", "-w", original.toString()));
    for (int i = 0; i < 3; i++) {
      Path file = Files.copy(samples.resolve("ring.pcap" + i), ring.resolve("ring.pcap" + i));
      merge.add(file.toString());
    }
    tool(merge.toArray(String[]::new));
    ingest();
    TestFrame.gzip(ring.resolve("ring.pcap1"));
    FlowPackets alarm = alarm(0);

    assertThat(pcap(0, alarm.documentId())).isEqualTo(tshark(original, alarm)).isNotEmpty();
  }

  /** More packets than are listed one by one, for more than an hour: two segments, with ranges. */
  @Test
  void shouldGiveAllOfALongFlowOutOfPcapng() throws Exception {
    List<TestFrame> all =
        TestFrame.merged(
            TestTraffic.alarm(50_009, 5_000, START, 500 * MILLISECOND),
            TestTraffic.others(5, 2_000, START, 2_500 * MILLISECOND));
    Path original = TestFrame.write(folder.resolve("original.pcapng"), all);
    Path[] files = threeFiles(all, ".pcapng");
    ingest();
    TestFrame.gzip(files[2]);
    FlowPackets alarm = alarm(50_009);
    List<FlowPackets> segments = new FlowSegments(connection).of(alarm.flowId());
    assertThat(segments).hasSizeGreaterThan(1);
    assertThat(segments.stream().flatMap(segment -> segment.ranges().stream())).isNotEmpty();

    assertThat(pcap(0, alarm.documentId())).isEqualTo(tshark(original, alarm)).hasSize(10_006);
  }

  @Test
  void shouldFindEverySegmentOfAVeryLongFlow() throws Exception {
    List<TestFrame> flow = TestTraffic.alarm(50_009, 1_500, START, 1_000 * MILLISECOND);
    Path file = TestFrame.write(ring.resolve("long"), flow);
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      ReadDocuments.ingest(ReadDocuments.settings(4096, Duration.ofSeconds(10)), sink, file);
    }
    new AlarmQueries(connection).refresh();
    FlowPackets alarm = alarm(50_009);
    assertThat(new FlowSegments(connection).of(alarm.flowId())).hasSizeGreaterThan(250);

    assertThat(pcap(0, alarm.documentId())).isEqualTo(flow);
  }

  /** An extract has the capture's first packet, and is read by a sensor of its own. */
  @Test
  void shouldNotTakePacketsOutOfAnAnalystsExtract() throws Exception {
    List<List<TestFrame>> flows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      flows.add(TestTraffic.alarm(50_001 + i, 5, START + i * 10_000L * MILLISECOND, MILLISECOND));
    }
    Path capture =
        TestFrame.write(
            ring.resolve("edge_00001.pcap"), flows.stream().flatMap(List::stream).toList());
    ingest();
    List<FlowPackets> alarms = List.of(alarm(50_001), alarm(50_002), alarm(50_003));
    Path studied = Files.createDirectory(folder.resolve("case"));
    Path extract =
        TestFrame.write(
            studied.resolve("extract.pcap"), TestFrame.merged(flows.get(0), flows.get(2)));
    run("ingest", "--config", config, "--sensor", "case", studied);

    for (int i = 0; i < 3; i++) {
      assertThat(pcap(0, alarms.get(i).documentId())).isEqualTo(flows.get(i));
    }
    Files.delete(capture);
    Files.copy(extract, ring.resolve("extract.pcap"));
    assertThat(pcap(0, alarms.get(0).documentId())).isEqualTo(flows.get(0));
    assertThat(pcap(1, alarms.get(1).documentId())).isEmpty();
    assertThat(pcap(1, alarms.get(2).documentId())).isEmpty();
  }

  /** The alarm can be found already, the end of its flow was stored a moment ago. */
  @Test
  void shouldGiveThePacketsThatWereStoredWithinTheRefreshInterval() throws Exception {
    List<TestFrame> flow = TestTraffic.alarm(50_001, 20, START, 10 * MILLISECOND);
    ReadDocuments read = ReadDocuments.of(TestFrame.write(ring.resolve("x.pcap"), flow));
    FlowPackets alarm = read.alarm();
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      sink.accept(read.find(alarm.documentId()).orElseThrow());
      sink.accept(read.find(read.of(alarm.flowId()).get(0).documentId()).orElseThrow());
      sink.flush();
      connection
          .client()
          .indices()
          .putSettings(
              s ->
                  s.index(connection.names().of(DocumentKind.FLOW))
                      .settings(index -> index.refreshInterval(t -> t.time("-1"))));
      new AlarmQueries(connection).refresh();
      ReadDocuments other =
          ReadDocuments.of(
              TestFrame.write(
                  ring.resolve("y.pcap"),
                  TestTraffic.alarm(50_002, 20, START + MILLISECOND, 10 * MILLISECOND)));
      FlowPackets late = other.alarm();
      sink.accept(other.find(late.documentId()).orElseThrow());
      sink.flush();
      new AlarmQueries(connection).refresh();
      sink.accept(other.find(other.of(late.flowId()).get(0).documentId()).orElseThrow());
      sink.flush();

      assertThat(pcap(0, late.documentId())).hasSize(46);
    }
  }

  @Test
  void shouldGiveTheEvidenceAfterTheRingHasOverwrittenTheCaptures() throws Exception {
    List<TestFrame> all = traffic();
    Path original = TestFrame.write(folder.resolve("original.pcap"), all);
    Path[] files = threeFiles(all, ".pcap");
    EvidenceStore store =
        new EvidenceStore(
            folder.resolve("state").resolve("evidence"),
            Duration.ofDays(1),
            1 << 30,
            InstantSource.system());
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      CaptureFinder finder = CaptureFinder.of(sink.connection(), List.of(ring));
      EvidenceSink keeping =
          new EvidenceSink(
              sink, store, finder, new FlowSegments(sink.connection())::of, InstantSource.system());
      ReadDocuments.ingest(ReadDocuments.settings(4096, Duration.ofHours(1)), keeping, files);
    }
    new AlarmQueries(connection).refresh();
    FlowPackets alarm = alarm(50_001);
    List<TestFrame> expected = tshark(original, alarm);
    for (Path file : files) {
      TestFrame.write(file, TestTraffic.others(file.hashCode(), 700, START, MILLISECOND));
    }

    assertThat(pcap(0, alarm.documentId())).isEqualTo(expected);
    assertThat(pcap(0, alarm.flowId())).isEqualTo(expected);
    assertThat(pcap(0, alarm.flowId(), alarm(50_002).documentId()))
        .hasSize(2 * expected.size())
        .containsAll(expected)
        .isSortedAccordingTo(java.util.Comparator.comparingLong(TestFrame::nanos));

    Ran checked = run("evidence", "check", "--config", config);
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.err()).contains(" good").doesNotContain("wrong");

    // Even where Elasticsearch is gone.
    Files.writeString(config, text("http://127.0.0.1:1"));
    assertThat(pcap(0, alarm.documentId())).isEqualTo(expected);
    assertThat(pcap(3, "0123456789abcdef0123456789abcdef")).isEmpty();
    assertThat(run("evidence", "check", "--config", config).code()).isEqualTo(3);

    Files.writeString(config, text(settings.hosts().get(0).toString()));
    Path stored = store.folder().packets(alarm.documentId());
    byte[] changed = Files.readAllBytes(stored);
    changed[changed.length / 2] ^= 1;
    Files.write(stored, changed);
    Ran wrong = run("evidence", "check", "--config", config, store.folder().root());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(new String(wrong.out(), StandardCharsets.UTF_8))
        .contains(alarm.documentId() + "  wrong");
  }

  @Test
  void shouldEndWithTheCodeThatSaysWhatHappened() throws Exception {
    threeFiles(traffic(), ".pcap");
    ingest();
    FlowPackets alarm = alarm(50_001);
    String unknown = "0123456789abcdef0123456789abcdef";

    assertThat(pcap(2, unknown)).isEmpty();
    assertThat(pcap(1, unknown, alarm.documentId())).hasSize(86);
    assertThat(run("pcap", alarm.documentId()).code()).isEqualTo(2);
    assertThat(
            run("pcap", "-o", folder.resolve("no/such/x"), alarm.documentId(), "--config", config)
                .code())
        .isEqualTo(2);
    try (Stream<Path> files = Files.list(ring)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Path before = Files.writeString(folder.resolve("before"), "x");
    Ran gone = run("pcap", "--config", config, "-o", before, alarm.documentId());
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.err()).contains("are gone");
    assertThat(before).hasContent("x");
    assertThat(new DocumentLookup(connection).find(alarm.documentId())).isPresent();
  }
}
