package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
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

/** Many small captures that wait are read in steps that end, as a large one is. */
class BacklogTest {
  private static final int FILES = 700;

  @TempDir Path folder;
  private MemoryElasticsearch server;
  private FollowStage stage;
  private long packets;

  @BeforeEach
  void begin() throws IOException {
    server = new MemoryElasticsearch();
    stage = new FollowStage(server, folder);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, FILES * 5_000L, FILES, 5);
    byte[] all = Files.readAllBytes(traffic);
    packets = WrittenRing.packets(all);
    List<byte[]> parts = WrittenRing.split(all, FILES);
    for (int i = 0; i < parts.size(); i++) {
      Files.write(stage.captures().resolve("c%05d.pcap".formatted(i)), parts.get(i));
    }
  }

  @AfterEach
  void end() throws IOException {
    stage.close();
    server.close();
  }

  @Test
  void shouldReadThemInSteps() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.tick();

    SensorStatus.View view = FollowStage.view(sensor);
    assertThat(view.packets()).isEqualTo(packets);
    assertThat(view.filesOpened()).isGreaterThan(FILES / 2);
    SensorCommit commit =
        SensorCommit.read(server.documents(IndexTemplates.SENSORS_INDEX).get("edge"));
    int steps = StepsForm.read(commit.steps()).all().size();
    assertThat(steps).as("steps that can be told and stopped between").isGreaterThan(1);
  }

  @Test
  void shouldEndAmidALookAtTheFolder() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.stop();
    sensor.tick();

    assertThat(FollowStage.view(sensor).filesOpened()).isBetween(1L, 100L);
    assertThat(FollowStage.view(sensor).problem()).isEmpty();
    assertThat(sensor.isLeftUncommitted()).isFalse();
  }
}
