package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.cli.IndexerMain;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs that write captures in real life, and real traffic: what they leave in a folder
 * gives the documents of one single file that was written beside them.
 */
class RealWritersIT {
  private static final String[] FILTER = {"tcp", "port", "443"};

  @TempDir Path folder;
  private NetworkStage stage;
  private Path captures;
  private Path reference;

  @BeforeEach
  void build() throws Exception {
    stage = NetworkStage.build(folder);
    captures = Files.createDirectory(folder.resolve("captures"));
    reference = folder.resolve("reference.pcap");
    stage.startPlainNginx();
    RealWriter.stampSentPacketsOnce(stage);
  }

  @AfterEach
  void takeDown() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void shouldReadWhatTcpdumpRotatesByTime() throws Exception {
    ToolProcess writer =
        RealWriter.tcpdump(stage, captures.resolve("edge-%Y%m%d%H%M%S.pcap"), "-G", "1", "tcp");
    whileAlso("--micro", writer, this::talkForSeconds);

    assertSameDocuments(2);
  }

  /** A ring of names that are used again; it is large enough here not to come round. */
  @Test
  void shouldReadWhatTcpdumpRotatesBySize() throws Exception {
    ToolProcess writer =
        RealWriter.tcpdump(stage, captures.resolve("ring.pcap"), "-C", "1", "-W", "9", "tcp");
    whileAlso("--micro", writer, this::uploadMegabytes);

    assertThat(names()).contains("ring.pcap0", "ring.pcap1", "ring.pcap2");
    assertSameDocuments(3);
  }

  @Test
  void shouldReadWhatTcpdumpHasCompressed() throws Exception {
    Requirements.assumeTools("gzip");
    Path file = captures.resolve("edge-%H%M%S.pcap");
    ToolProcess writer = RealWriter.tcpdump(stage, file, "-G", "1", "-z", "gzip", "tcp");
    whileAlso("--micro", writer, this::talkForSeconds);
    awaitGzip();

    assertThat(names()).anySatisfy(name -> assertThat(name).endsWith(".pcap.gz"));
    assertSameDocuments(2);
  }

  @Test
  void shouldReadWhatDumpcapRotates() throws Exception {
    Path file = captures.resolve("edge.pcapng");
    ToolProcess writer =
        RealWriter.dumpcap(stage, file, "-b", "duration:1", "-b", "files:5000", "-f", "tcp");
    whileAlso("--nano", writer, this::talkForSeconds);

    assertThat(names()).allSatisfy(name -> assertThat(name).matches("edge_\\d{5}_\\d{14}.pcapng"));
    assertSameDocuments(2);
  }

  @Test
  void shouldReadWhatDumpcapRotatesBySizeAsPcap() throws Exception {
    Path file = captures.resolve("edge.pcap");
    ToolProcess writer = RealWriter.dumpcap(stage, file, "-P", "-b", "filesize:500", "-f", "tcp");
    whileAlso("--micro", writer, this::uploadMegabytes);

    assertSameDocuments(3);
  }

  @Test
  void shouldReadWhatForensicsCaptureRotates() throws Exception {
    Requirements.assumeLibpcap();
    List<String> options =
        List.of("capture", "-i", NetworkStage.DEVICE, "--output", captures.toString());
    ToolProcess writer =
        stage
            .startInClient(
                JavaProcess.command(
                    IndexerMain.class, options, List.of("--rotate-size", "1MB"), List.of(FILTER)))
            .awaitSays("Ctrl-C ends it");
    whileAlso("--nano", writer, this::uploadMegabytes);

    assertSameDocuments(3);
  }

  /** Real traffic while both write, then both end. */
  private void whileAlso(String precision, ToolProcess writer, Traffic traffic) throws Exception {
    List<String> options = new ArrayList<>(List.of(precision));
    options.addAll(List.of(FILTER));
    ToolProcess whole = RealWriter.tcpdump(stage, reference, options.toArray(String[]::new));
    traffic.flow();
    RealWriter.settle(captures, reference);
    writer.interrupt();
    whole.interrupt();
  }

  /** Something that talks over the stage's cable. */
  @FunctionalInterface
  private interface Traffic {
    void flow() throws Exception;
  }

  /** One connection over several seconds, and so over several files, and short ones beside it. */
  private void talkForSeconds() throws Exception {
    stage.post("/first", "a=b"); // the alarm that is the first of its destination
    ToolProcess slow = stage.startSlowPosts(12, "/apiw1");
    while (slow.isAlive()) {
      stage.post("/short", "a=b");
    }
    slow.awaitEnd();
  }

  private void uploadMegabytes() throws Exception {
    Path body = folder.resolve("upload.bin");
    Files.write(body, new byte[400_000]);
    stage.post(8, "/upload", "@" + body);
    stage.post("/short", "a=b");
  }

  private void assertSameDocuments(int leastFiles) throws Exception {
    FolderScan.Found found = new FolderScan(captures, List.of(), List.of()).scan();
    assertThat(found.failures()).isEmpty();
    assertThat(found.captures()).hasSizeGreaterThanOrEqualTo(leastFiles);
    Map<String, JsonNode> expected = documents(reference);
    assertThat(expected).hasSizeGreaterThanOrEqualTo(4);
    assertThat(documents(captures)).isEqualTo(expected);
  }

  private static Map<String, JsonNode> documents(Path path) throws Exception {
    return WrittenTwice.comparable(CollectedDocuments.of(List.of(path), 1).comparable());
  }

  private List<String> names() throws IOException {
    return LivePacket.files(captures).stream().map(file -> file.getFileName().toString()).toList();
  }

  /** tcpdump does not wait for its last gzip. */
  private void awaitGzip() throws IOException, InterruptedException {
    List<String> names = names();
    while (unzippedTwin(names) != null) {
      Thread.sleep(50);
      names = names();
    }
  }

  /** A file that is there compressed, too; null when there is none. */
  private static String unzippedTwin(List<String> names) {
    return names.stream().filter(name -> names.contains(name + ".gz")).findFirst().orElse(null);
  }
}
