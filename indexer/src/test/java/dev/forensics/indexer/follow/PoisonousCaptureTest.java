package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.document.IndexTemplates;
import dev.forensics.indexer.index.MemoryElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that ends the process twice is set aside, and nothing else is. */
class PoisonousCaptureTest {
  @TempDir Path folder;
  private MemoryElasticsearch server;
  private FollowStage stage;
  private List<byte[]> files;
  private Path poison;

  @BeforeEach
  void begin() throws Exception {
    server = new MemoryElasticsearch();
    stage = new FollowStage(server, folder);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, 300_000, 100, 5);
    files = WrittenRing.split(Files.readAllBytes(traffic), 4);
    Files.write(stage.captures().resolve("0.pcap"), files.get(0));
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.tick();
    sensor.release();
    poison = Files.write(stage.captures().resolve("1.pcap"), files.get(1));
  }

  @AfterEach
  void end() throws IOException {
    stage.close();
    server.close();
  }

  @Test
  void shouldSetItAsideAtTheSecondTime() throws Exception {
    die(true);
    assertThat(FollowStage.view(stage.start(FollowStage.NEVER)).setAside()).isEmpty();
    die(true);
    Files.write(stage.captures().resolve("2.pcap"), files.get(2));
    FollowedSensor third = stage.start(FollowStage.NEVER);
    third.tick();

    SensorStatus.View view = FollowStage.view(third);
    assertThat(view.setAside())
        .singleElement()
        .asString()
        .contains("1.pcap: set aside", "2 times", "edge.faults");
    assertThat(view.capturesFailed()).isEqualTo(1);
    assertThat(view.capturesLost()).isZero();
    assertThat(view.packets()).isEqualTo(WrittenRing.packets(files.get(2)));
    third.stop();
    third.tick();
    assertThat(entry().at("/forensics/capture/state").asText()).isEqualTo("failed");
    assertThat(entry().at("/error/message").asText()).contains("set aside");
    third.release();

    Files.delete(folder.resolve("attempts/edge.faults"));
    FollowedSensor fourth = stage.start(FollowStage.NEVER);
    fourth.tick();
    assertThat(FollowStage.view(fourth).setAside()).isEmpty();
    assertThat(FollowStage.view(fourth).packets()).isEqualTo(WrittenRing.packets(files.get(1)));
  }

  /** A kill from outside says nothing about what was being read. */
  @Test
  void shouldNotBlameACaptureForAKill() throws Exception {
    die(false);
    die(false);
    die(false);
    FollowedSensor last = stage.start(FollowStage.NEVER);
    last.tick();

    assertThat(FollowStage.view(last).setAside()).isEmpty();
    assertThat(FollowStage.view(last).packets()).isEqualTo(WrittenRing.packets(files.get(1)));
  }

  @Test
  void shouldForgetAFaultOnceTheCaptureIsRead() throws Exception {
    die(true);
    FollowedSensor next = stage.start(FollowStage.NEVER);
    next.tick();
    next.stop();
    next.tick();
    next.release();

    assertThat(folder.resolve("attempts/edge.faults")).isEmptyFile();
  }

  /** The process ends amid reading the second capture. */
  private void die(boolean byItsFault) throws IOException {
    ReadingAttempts attempts = new ReadingAttempts(folder.resolve("attempts"), "edge");
    attempts.reading(id(), poison);
    if (byItsFault) {
      attempts.blame("java.lang.StackOverflowError");
    }
  }

  private CaptureId id() throws IOException {
    return CaptureFile.probe(poison).capture().orElseThrow().id();
  }

  private JsonNode entry() throws IOException {
    String id = id().value();
    return server.documents(IndexTemplates.CAPTURES_INDEX).values().stream()
        .filter(one -> one.at("/forensics/capture/id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
