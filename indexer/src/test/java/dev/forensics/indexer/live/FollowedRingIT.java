package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.follow.StoredRun;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.service.ServedFolder;
import dev.forensics.indexer.service.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * `forensics run` beside a real writer whose ring comes round: every flow of a reference capture is
 * there once, though its packets were overwritten long ago.
 */
@ExtendWith(ElasticsearchExtension.class)
class FollowedRingIT {
  private static final String[] FILTER = {"tcp", "port", "443"};

  /** A ring is as long as the machine is slow: a service this far behind may still catch up. */
  private static final int FILE_BYTES = 800_000;

  @TempDir Path folder;
  private NetworkStage stage;
  private Path reference;

  @BeforeEach
  void build() throws Exception {
    stage = NetworkStage.build(folder);
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
  void shouldReadTcpdumpsRingBeforeItIsOverwritten(EmbeddedElasticsearch node) throws Exception {
    ServedFolder served = new ServedFolder(folder, node.url());
    ToolProcess ring =
        RealWriter.tcpdump(stage, served.captures.resolve("ring"), "-C", "1", "-W", "3", "tcp");
    follow(served, ring);
  }

  @Test
  void shouldReadDumpcapsRingBeforeItIsDeleted(EmbeddedElasticsearch node) throws Exception {
    ServedFolder served = new ServedFolder(folder, node.url());
    ToolProcess ring =
        RealWriter.dumpcap(
            stage,
            served.captures.resolve("ring.pcapng"),
            "-b",
            "filesize:800",
            "-b",
            "files:4",
            "-f",
            "tcp");
    follow(served, ring);
  }

  private void follow(ServedFolder served, ToolProcess ring) throws Exception {
    assertThat(ring.isAlive()).isTrue();
    ToolProcess whole = RealWriter.tcpdump(stage, reference, FILTER);
    try (ServiceProcess service = served.start("100ms", "1h");
        ElasticsearchConnection connection = served.connect()) {
      Await.until(() -> service.metric("forensics_commits_total") > 0, "the first tick");
      Path body = Files.write(folder.resolve("upload.bin"), new byte[300_000]);
      for (int i = 0; i < 20; i++) {
        stage.post("/upload" + i, "@" + body);
        Thread.sleep(400);
        Await.until(() -> service.metric("forensics_lag_bytes") < FILE_BYTES, "it to keep up");
      }
      RealWriter.settle(served.captures, reference);
      ring.interrupt();
      whole.interrupt();
      Await.until(() -> service.metric("forensics_lag_seconds") == 0, "all to be read");
      assertThat(service.metric("forensics_captures_lost_total")).isZero();
      service.stop();
      served.finish();
      compare(served, connection);
    }
  }

  /** The flows and alarms that the reference has, each once, with as many packets. */
  private void compare(ServedFolder served, ElasticsearchConnection connection) throws Exception {
    Map<String, JsonNode> expected =
        CollectedDocuments.of(List.of(reference), served.settings()).comparable();
    assertThat(expected).hasSizeGreaterThanOrEqualTo(40);
    assertThat(summary(StoredRun.of(connection))).isEqualTo(summary(expected));
  }

  /**
   * Linux stamps a packet for each capturing program anew, so times and ids differ, and how many
   * packets there were when an alarm was raised.
   */
  private static Set<String> summary(Map<String, JsonNode> documents) {
    Set<String> lines = new TreeSet<>();
    for (JsonNode document : documents.values()) {
      boolean isFlow = document.at("/event/kind").asText().equals("event");
      lines.add(
          String.join(
              " ",
              document.at("/event/dataset").asText(),
              document.at("/network/community_id").asText(),
              isFlow ? document.at("/network/packets").asText() : "",
              isFlow ? document.at("/network/bytes").asText() : "",
              document.at("/url/path").asText(),
              document.at("/forensics/alarm/outcome").asText(),
              document.at("/forensics/quality/midstream").asText()));
    }
    return lines;
  }
}
