package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.IndexTemplates;
import dev.forensics.indexer.index.MemoryElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ring takes before it was read is counted, and nothing else; whatever waits meanwhile.
 */
class LostCapturesTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  @TempDir Path folder;
  private MemoryElasticsearch server;
  private FollowStage stage;
  private List<byte[]> files;

  @BeforeEach
  void begin() throws IOException {
    server = new MemoryElasticsearch();
    stage = new FollowStage(server, folder);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, 300_000, 100, 5);
    files = WrittenRing.split(Files.readAllBytes(traffic), 12);
  }

  @AfterEach
  void end() throws IOException {
    server.release();
    stage.close();
    server.close();
  }

  @Test
  void shouldCountWhatCameAndWentDuringAnOutage() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    Path name = write(0, files.get(0));
    sensor.tick();
    write(1, files.get(1));
    CompletableFuture<Void> tick = tickThatWaits(sensor);
    for (int file = 2; file < 8; file++) {
      Files.write(name, files.get(file));
      sensor.watch(AT_ONCE);
    }

    assertThat(lost(sensor)).as("while it waits").isEqualTo(5);
    server.release();
    tick.get();
    sensor.tick();

    assertThat(lost(sensor)).as("afterwards").isEqualTo(5);
    sensor.stop();
    sensor.tick();
    assertThat(states()).containsEntry("failed", 5L);
    assertThat(errors())
        .allMatch(error -> error.endsWith("gone, or overwritten, before it was read"));
    assertThat(lost(sensor)).as("once").isEqualTo(5);
  }

  /**
   * It was read to where it ended at the last look, grew during the outage, and was overwritten.
   */
  @Test
  void shouldNotCallDoneWhatWasOverwrittenHalfRead() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    byte[] all = files.get(0);
    Path name = write(0, Arrays.copyOf(all, all.length / 2));
    sensor.tick();
    write(1, files.get(1));
    CompletableFuture<Void> tick = tickThatWaits(sensor);
    Files.write(name, all);
    sensor.watch(AT_ONCE);
    Files.write(name, files.get(2));
    sensor.watch(AT_ONCE);
    server.release();
    tick.get();
    sensor.tick();
    sensor.stop();
    sensor.tick();

    assertThat(lost(sensor)).isEqualTo(1);
    assertThat(states()).containsEntry("failed", 1L);
    assertThat(errors()).singleElement().asString().contains("read up to byte").contains("0.pcap");
  }

  @Test
  void shouldCallDoneWhatWasReadBeforeItWasOverwritten() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    Path name = write(0, files.get(0));
    sensor.tick();
    Files.write(name, files.get(1));
    sensor.tick();
    sensor.stop();
    sensor.tick();

    assertThat(lost(sensor)).isZero();
    assertThat(states()).containsEntry("done", 1L).doesNotContainKey("failed");
  }

  @Test
  void shouldReadADeletedFileToItsEnd() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    byte[] all = files.get(0);
    Path name = write(0, Arrays.copyOf(all, all.length / 2));
    write(1, files.get(1));
    sensor.tick();
    Files.write(
        name, Arrays.copyOfRange(all, all.length / 2, all.length), StandardOpenOption.APPEND);
    sensor.watch(AT_ONCE);
    Files.delete(name);
    sensor.tick();
    sensor.stop();
    sensor.tick();

    assertThat(lost(sensor)).isZero();
    assertThat(states()).containsEntry("done", 1L);
  }

  /** Nothing is known of what was read before the service came: the ledger is asked. */
  @Test
  void shouldNotCountWhatAnEarlierServiceRead() throws Exception {
    FollowedSensor first = stage.start(Duration.ZERO);
    write(0, files.get(0));
    write(1, files.get(1));
    first.tick();
    first.tick();
    first.release();
    FollowedSensor second = stage.start(FollowStage.NEVER);
    second.couldNotBegin(new IOException("away"));
    second.watch(AT_ONCE);
    Files.delete(stage.captures().resolve("0.pcap"));
    second.watch(AT_ONCE);
    second.tick();

    assertThat(lost(second)).isZero();
  }

  @Test
  void shouldTellAFolderThatIsNotMountedAndGiveNothingUp() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    byte[] all = files.get(0);
    write(0, Arrays.copyOf(all, all.length / 2));
    sensor.tick();
    Path away = folder.resolve("away");
    Files.move(stage.captures(), away);
    sensor.tick();
    assertThat(FollowStage.view(sensor).folder())
        .hasValueSatisfying(why -> assertThat(why).contains("not a folder"));
    stage.captures(); // an empty mount point
    sensor.tick();

    assertThat(FollowStage.view(sensor).folder())
        .hasValueSatisfying(why -> assertThat(why).contains("is it mounted?"));
    assertThat(lost(sensor)).isZero();

    Files.delete(folder.resolve("captures"));
    Files.move(away, folder.resolve("captures"));
    write(0, all);
    sensor.tick();
    assertThat(FollowStage.view(sensor).folder()).isEmpty();
    assertThat(FollowStage.view(sensor).packets()).isEqualTo(WrittenRing.packets(all));
  }

  @Test
  void shouldNotGiveUpOpenFlowsWhenStartedBeforeTheFolderIsMounted() throws Exception {
    FollowedSensor first = stage.start(FollowStage.NEVER);
    write(0, files.get(0));
    first.tick();
    long open = FollowStage.view(first).openFlows();
    assertThat(open).isPositive();
    first.release();
    Path away = folder.resolve("away");
    Files.move(stage.captures(), away);
    stage.captures();
    FollowedSensor second = stage.start(FollowStage.NEVER);

    assertThatThrownBy(second::tick).hasMessageContaining("is it mounted?");
    assertThat(lost(second)).isZero();

    Files.delete(folder.resolve("captures"));
    Files.move(away, folder.resolve("captures"));
    second.tick();
    assertThat(FollowStage.view(second).openFlows()).isEqualTo(open);
  }

  private CompletableFuture<Void> tickThatWaits(FollowedSensor sensor) throws InterruptedException {
    server.hold();
    CompletableFuture<Void> tick =
        CompletableFuture.runAsync(
            () -> {
              try {
                sensor.tick();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    server.awaitRequest();
    return tick;
  }

  private Path write(int name, byte[] bytes) throws IOException {
    return Files.write(stage.captures().resolve(name + ".pcap"), bytes);
  }

  private static long lost(FollowedSensor sensor) {
    return FollowStage.view(sensor).capturesLost();
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    entries().forEach(e -> states.merge(e.at("/forensics/capture/state").asText(), 1L, Long::sum));
    return states;
  }

  private List<String> errors() {
    return entries().stream()
        .map(entry -> entry.at("/error/message").asText(""))
        .filter(error -> !error.isEmpty())
        .toList();
  }

  private List<JsonNode> entries() {
    return List.copyOf(server.documents(IndexTemplates.CAPTURES_INDEX).values());
  }
}
