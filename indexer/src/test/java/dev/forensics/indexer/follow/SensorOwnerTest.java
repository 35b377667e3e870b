package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** One name, two hosts or folders: the second is refused, and told how to go on. */
class SensorOwnerTest {
  @TempDir Path folder;
  private MemoryElasticsearch server;
  private FollowStage stage;
  private Path here;
  private Path there;

  @BeforeEach
  void begin() throws IOException {
    server = new MemoryElasticsearch();
    stage = new FollowStage(server, folder);
    here = Files.createDirectory(folder.resolve("here"));
    there = Files.createDirectory(folder.resolve("there"));
    TrafficGenerator.write(here.resolve("a.pcap"), 100_000, 50, 1);
    TrafficGenerator.write(there.resolve("b.pcap"), 100_000, 50, 2);
  }

  @AfterEach
  void end() throws IOException {
    stage.close();
    server.close();
  }

  @Test
  void shouldRefuseAnotherFolder() throws Exception {
    stage.start(new SensorOwner("one", "1", here), null).tick();
    FollowedSensor second = stage.start(new SensorOwner("one", "1", there), null);

    assertThatThrownBy(second::tick)
        .isInstanceOf(SensorForeignException.class)
        .hasMessageContaining("name of its own")
        .hasMessageContaining("adopt: \"one:" + here + "\"");
    assertThat(FollowStage.view(second).problem()).isPresent();
    assertThat(FollowStage.view(second).packets()).isZero();
  }

  @Test
  void shouldRefuseAnotherHost() throws Exception {
    stage.start(new SensorOwner("one", "1", here), null).tick();
    FollowedSensor second = stage.start(new SensorOwner("two", "2", here), null);

    assertThatThrownBy(second::tick).hasMessageContaining("adopt: \"one:");
  }

  /** A container that is made anew has another name and the same state. */
  @Test
  void shouldKnowARenamedHostByItsState() throws Exception {
    stage.start(new SensorOwner("one", "1", here), null).tick();
    stage.start(new SensorOwner("two", "1", here), null).tick();
    stage.start(new SensorOwner("two", "9", here), null).tick();

    assertThat(owner("host")).isEqualTo("two");
  }

  @Test
  void shouldAdoptAMovedFolder() throws Exception {
    FollowedSensor first = stage.start(new SensorOwner("one", "1", here), null);
    first.tick();
    first.release();
    Files.move(here.resolve("a.pcap"), there.resolve("a.pcap"));
    FollowedSensor second = stage.start(new SensorOwner("two", "2", there), "one:" + here);
    second.tick();

    assertThat(owner("folder")).isEqualTo(there.toString());
    assertThat(FollowStage.view(second).resumptions()).isEqualTo(1);
    FollowedSensor again = stage.start(new SensorOwner("one", "1", here), null);
    assertThatThrownBy(again::tick).hasMessageContaining("adopt: \"two:" + there);
  }

  @Test
  void shouldGoOnFromACommitOfAnEarlierIndexer() {
    assertThat(
            new FollowSettings(
                    here,
                    List.of(),
                    List.of(),
                    FollowStage.NEVER,
                    new SensorOwner("one", "1", here),
                    null,
                    null,
                    false)
                .mayGoOnFrom(null))
        .isTrue();
  }

  private String owner(String field) {
    return server
        .documents(IndexTemplates.SENSORS_INDEX)
        .get("edge")
        .at("/forensics/commit/owner/" + field)
        .asText();
  }
}
