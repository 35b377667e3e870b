package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.pipeline.SteppedTraffic;
import dev.forensics.indexer.pipeline.SteppedTraffic.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock is set forward amid a capture that is followed, with a kill behind every tick. */
@ExtendWith(ElasticsearchExtension.class)
class SteppedClockIT {
  private static final int HEADER = 24;
  private static final int RECORD_HEADER = 16;

  @TempDir Path folder;
  private FollowStage stage;

  @BeforeEach
  void connect(EmbeddedElasticsearch node) throws IOException {
    stage = new FollowStage(node, folder);
  }

  @AfterEach
  void disconnect() throws IOException {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldNotDependOnRestarts(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] capture = Files.readAllBytes(SteppedTraffic.write(folder.resolve("x"), stepped(random)));
    Path file = stage.captures().resolve("edge.pcap");
    Files.write(file, Arrays.copyOf(capture, HEADER));
    FollowedSensor running = stage.start(FollowStage.NEVER);
    for (int at = HEADER; at < capture.length; ) {
      int end = at;
      for (int packets = 1 + random.nextInt(6); packets > 0 && end < capture.length; packets--) {
        end += RECORD_HEADER + little(capture).getInt(end + 8);
      }
      Files.write(file, Arrays.copyOfRange(capture, at, end), StandardOpenOption.APPEND);
      at = end;
      running.tick();
      boolean isKill = random.nextInt(4) > 0;
      running = isKill ? stage.restart(running) : stage.stopAndStart(running, FollowStage.NEVER);
    }
    stage.start(Duration.ZERO).tick();

    Map<String, JsonNode> expected =
        CollectedDocuments.of(List.of(stage.captures()), stage.settings()).comparable();
    assertThat(expected.values()).filteredOn(SteppedClockIT::isTcp).hasSizeGreaterThan(3 * 2);
    assertThat(expected.toString()).doesNotContain("\"midstream\":true");
    StoredRun.assertSame(withoutFirst(StoredRun.of(stage.connection)), withoutFirst(expected));
  }

  /** Which alarm was the first is said when it comes, though a deadline may lie before it. */
  private static Map<String, JsonNode> withoutFirst(Map<String, JsonNode> documents) {
    for (JsonNode document : documents.values()) {
      if (document.at("/forensics/alarm") instanceof ObjectNode alarm) {
        alarm.remove("first_for_destination");
      }
    }
    return documents;
  }

  private static boolean isTcp(JsonNode document) {
    return document.at("/network/transport").asText().equals("tcp");
  }

  private static List<Packet> stepped(SplittableRandom random) {
    List<Packet> traffic =
        new SteppedTraffic()
            .connection("10.0.0.1", 40_000, 30, 40, 2)
            .connection("10.0.0.3", 40_003, 41, 45, 1)
            .connection("10.0.0.4", 40_004, 53, 25, 3)
            .chatter(0, 2_000, 30)
            .packets();
    List<Packet> stepped =
        SteppedTraffic.stepped(traffic, random.nextInt(10, 60), Duration.ofHours(3));
    return SteppedTraffic.stepped(stepped, random.nextInt(60, 90), Duration.ofMinutes(20));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
