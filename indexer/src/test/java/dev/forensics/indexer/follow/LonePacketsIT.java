package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
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

/** Packets that come alone, after pauses: each is taken with the tick that finds it. */
@ExtendWith(ElasticsearchExtension.class)
class LonePacketsIT {
  private static final Path SAMPLE =
      Path.of("..", "samples", "generated", "telegram-ios-probe.pcap");
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
  void shouldTakeEachWithItsTick(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] capture = withPauses(Files.readAllBytes(SAMPLE), random);
    Path file = stage.captures().resolve("edge.pcap");
    Files.write(file, Arrays.copyOf(capture, HEADER));
    FollowedSensor running = stage.start(FollowStage.NEVER);
    running.tick();
    long packets = 0;
    for (int at = HEADER; at < capture.length; ) {
      int end = at + RECORD_HEADER + little(capture).getInt(at + 8);
      Files.write(file, Arrays.copyOfRange(capture, at, end), StandardOpenOption.APPEND);
      at = end;
      packets++;
      running.tick();
      assertThat(FollowStage.view(running).packets()).isEqualTo(packets);
      if (random.nextInt(4) == 0) {
        boolean isCrash = random.nextBoolean();
        running = isCrash ? stage.restart(running) : stage.stopAndStart(running, FollowStage.NEVER);
        running.tick();
        packets = isCrash ? FollowStage.view(running).packets() : 0;
        assertThat(FollowStage.view(running).packets()).isEqualTo(packets);
      }
    }
    stage.start(Duration.ZERO).tick();
    StoredRun.assertSame(
        withoutFirst(StoredRun.of(stage.connection)),
        withoutFirst(
            CollectedDocuments.of(List.of(stage.captures()), stage.settings()).comparable()));
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

  /** The same packets, with pauses of up to a quarter of an hour amid them. */
  private static byte[] withPauses(byte[] sample, SplittableRandom random) {
    byte[] paused = sample.clone();
    ByteBuffer numbers = little(paused);
    int seconds = 0;
    for (int at = HEADER; at < paused.length; at += RECORD_HEADER + numbers.getInt(at + 8)) {
      seconds += random.nextInt(3) == 0 ? random.nextInt(900) : 0;
      numbers.putInt(at, numbers.getInt(at) + seconds);
    }
    return paused;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
