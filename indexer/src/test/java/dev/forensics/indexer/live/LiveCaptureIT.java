package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.cli.IndexerMain;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code forensics capture} as a process of its own, with real traffic between two namespaces. */
class LiveCaptureIT {
  private static final int SIGTERM_CODE = 143;
  private static final int SIGINT_CODE = 130;
  private static final String BEGUN = "Ctrl-C ends it";

  @TempDir Path folder;
  private NetworkStage stage;
  private Path captures;

  @BeforeEach
  void build() throws Exception {
    Requirements.assumeLibpcap();
    stage = NetworkStage.build(folder);
    captures = folder.resolve("captures");
  }

  @AfterEach
  void takeDown() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void shouldLoseNothingBetweenTheFilesAndWriteWhatTcpdumpWrites() throws Exception {
    int count = 20_000;
    ToolProcess capture = capture("--rotate-size", "2k", "--json", "udp", "port", "9999");
    Path reference = folder.resolve("reference.pcap");
    ToolProcess tcpdump = RealWriter.tcpdump(stage, reference, "--nano", "udp", "port", "9999");
    send(count, 5);
    int code = capture.signal("TERM");
    RealWriter.settle(reference);
    tcpdump.interrupt();

    assertThat(code).isEqualTo(SIGTERM_CODE);
    List<LivePacket> packets = LivePacket.readAll(captures);
    assertThat(packets.stream().map(LivePacket::number).toList())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(packets).isEqualTo(LivePacket.read(reference));
    JsonNode total = lastLine(capture);
    assertThat(total.path("received").asInt()).isEqualTo(count);
    assertThat(total.path("dropped").asInt()).isZero();
    assertThat(total.path("files").asInt()).isEqualTo(LivePacket.files(captures).size());
    assertThat(total.path("files").asInt()).isGreaterThan(1_000);
  }

  /** As on a machine so busy that the capture does not get its turn until it is stopped. */
  @Test
  void shouldWriteWhatHadArrivedWhenItWasStopped() throws Exception {
    int count = 60_000;
    ToolProcess capture = capture("--rotate-size", "2k", "--json", "udp", "port", "9999");
    capture.send("STOP");
    send(count, 0);
    capture.send("TERM");
    assertThat(capture.signal("CONT")).isEqualTo(SIGTERM_CODE);

    assertThat(lastLine(capture).path("dropped").asInt()).isZero();
    assertThat(LivePacket.readAll(captures).stream().map(LivePacket::number).toList())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void shouldKeepARingThatReadsAsItsNewestFiles() throws Exception {
    ToolProcess capture = capture("--rotate-size", "10k", "--files", "4", "udp", "port", "9999");
    send(2_000, 1);
    assertThat(capture.interrupt()).isEqualTo(SIGINT_CODE);

    List<LivePacket> packets = LivePacket.readAll(captures);
    assertThat(LivePacket.files(captures)).hasSize(4);
    assertThat(packets.stream().map(LivePacket::number).toList())
        .isEqualTo(IntStream.range(2_000 - packets.size(), 2_000).boxed().toList());
    assertThat(LivePacket.files(captures))
        .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(10_240 + 158));
  }

  @Test
  void shouldRotateByTimeAndCutPacketsToTheSnapLength() throws Exception {
    ToolProcess capture = capture("--rotate-every", "1s", "--snaplen", "60", "udp", "port", "9999");
    send(3_000, 100); // for three seconds and more
    capture.interrupt();

    List<LivePacket> packets = LivePacket.readAll(captures);
    assertThat(packets).hasSize(3_000);
    assertThat(packets).allSatisfy(one -> assertThat(one.content().remaining()).isEqualTo(60));
    assertThat(LivePacket.files(captures)).hasSizeGreaterThan(2);
  }

  /** Under one name from the beginning, and readable to a reader that tails. */
  @Test
  void shouldShowPacketsWhileTheFileGrows() throws Exception {
    ToolProcess capture = capture("udp", "port", "9999");
    send(5, 0);
    while (LivePacket.countGrowing(captures) < 5) {
      assertThat(capture.isAlive()).isTrue();
      Thread.sleep(20);
    }
    send(5, 0);
    while (LivePacket.countGrowing(captures) < 10) {
      assertThat(capture.isAlive()).isTrue();
      Thread.sleep(20);
    }

    assertThat(LivePacket.files(captures)).hasSize(1);
  }

  @Test
  void shouldRecordRealTrafficThatGivesAlarms() throws Exception {
    stage.startPlainNginx();
    ToolProcess capture = capture("--rotate-size", "4k", "tcp", "port", "443");
    stage.post(40, "/apiw1", "what=ever");
    capture.interrupt();

    List<JsonNode> alarms =
        CollectedDocuments.of(List.of(captures), 1).of(DocumentKind.ALARM).stream()
            .filter(alarm -> alarm.at("/rule/id").asText().equals("http-on-https-port"))
            .toList();
    assertThat(LivePacket.files(captures)).hasSizeGreaterThan(2);
    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).at("/destination/ip").asText()).isEqualTo(NetworkStage.TELEGRAM);
    assertThat(alarms.get(0).at("/forensics/alarm/outcome").asText()).isEqualTo("accepted");
  }

  @Test
  void shouldEndWithCompleteFilesWhenTheInterfaceVanishes() throws Exception {
    ToolProcess capture = capture("udp", "port", "9999");
    send(50, 0);
    while (LivePacket.countGrowing(captures) < 50) {
      Thread.sleep(20);
    }
    stage.cutCable();

    assertThat(capture.awaitEnd()).isEqualTo(1);
    assertThat(capture.said().lines().toList()).hasSize(2);
    assertThat(capture.said()).contains("forensics: capturing on inside ended: ");
    assertThat(LivePacket.readAll(captures)).hasSize(50);
  }

  @Test
  void shouldSayThatTheDiskIsFull() throws Exception {
    captures = Files.createDirectory(folder.resolve("captures"));
    stage.mount("tmpfs", captures, "size=64k");
    ToolProcess capture = capture("udp", "port", "9999");
    while (capture.isAlive()) {
      send(500, 0);
    }

    assertThat(capture.awaitEnd()).isEqualTo(1);
    assertThat(capture.said()).contains("cannot be written, with 0 bytes free on its disk");
  }

  @Test
  void shouldSayWhichRightIsMissing() throws Exception {
    Requirements.assumeTools("setpriv");
    ToolProcess capture =
        stage.startInClient(
            List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw"),
            command("-i", NetworkStage.DEVICE));

    assertThat(capture.awaitEnd()).isEqualTo(2);
    assertThat(capture.said().lines().toList()).hasSize(1);
    assertThat(capture.said()).contains("no right to capture on inside").contains("CAP_NET_RAW");
  }

  @Test
  void shouldSayWhatIsWrongWithTheFilter() throws Exception {
    ToolProcess capture =
        stage.startInClient(command("-i", NetworkStage.DEVICE, "tcp", "prt", "443"));

    assertThat(capture.awaitEnd()).isEqualTo(2);
    assertThat(capture.said().lines().toList()).hasSize(1);
    assertThat(capture.said()).contains("the filter 'tcp prt 443': ").contains("syntax error");
  }

  private ToolProcess capture(String... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-i", NetworkStage.DEVICE, "--output", captures.toString()));
    all.addAll(List.of(arguments));
    return stage.startInClient(command(all.toArray(String[]::new))).awaitSays(BEGUN);
  }

  private static List<String> command(String... arguments) {
    return JavaProcess.command(IndexerMain.class, List.of("capture"), List.of(arguments));
  }

  private void send(int count, int pauseMillis) throws IOException, InterruptedException {
    List<String> numbers = List.of(Integer.toString(count), Integer.toString(pauseMillis));
    List<String> sender =
        JavaProcess.command(NumberedPackets.class, List.of(NetworkStage.TELEGRAM, "9999"), numbers);
    stage.runInClient(sender.toArray(String[]::new));
  }

  private static JsonNode lastLine(ToolProcess capture) throws IOException {
    List<String> lines = capture.output().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
