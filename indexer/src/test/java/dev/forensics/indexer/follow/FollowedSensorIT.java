package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchUnavailableException;
import dev.forensics.indexer.index.FaultyFront;
import dev.forensics.indexer.index.SensorTakenException;
import dev.forensics.indexer.index.SinkCounts;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A followed folder gives the documents of one run over the finished files, whatever happens. */
@ExtendWith(ElasticsearchExtension.class)
class FollowedSensorIT {
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

  private Path traffic(long seed) throws IOException {
    Path capture = folder.resolve("traffic" + seed + ".pcap");
    TrafficGenerator.write(capture, 8_000_000, 600, seed);
    return capture;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldNotDependOnTicksAndRestarts(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    WrittenRing ring = new WrittenRing(stage.captures(), traffic(seed), 7, 400_000, seed);
    FollowedSensor running = stage.start(FollowStage.NEVER);
    while (!ring.isWritten()) {
      ring.step();
      running.tick();
      if (random.nextInt(3) == 0) {
        running = stage.restart(running);
      }
    }
    running.tick();

    stage.finishAndCompare();
  }

  /** What comes late of one interface is merged as it came, also when it is read again. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void shouldReplayTwoInterfacesInTheOrderOfTheirTicks(long seed, EmbeddedElasticsearch node)
      throws Exception {
    Map<String, JsonNode> withoutRestart = twoInterfaces(stage, seed, Interruption.NONE);
    stage.forget();
    try (FollowStage second = anotherStage(node.url())) {
      Interruption restart =
          running -> {
            running.tick();
            return second.stopAndStart(running, FollowStage.NEVER);
          };
      StoredRun.assertSame(twoInterfaces(second, seed, restart), withoutRestart);
    }
  }

  /** The documents of a tick are stored, its commit is not; then both captures have grown. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void shouldReadAgainWhatWasAnnouncedAndNoMore(long seed, EmbeddedElasticsearch node)
      throws Exception {
    Map<String, JsonNode> withoutRestart = twoInterfaces(stage, seed, Interruption.NONE);
    stage.forget();
    try (FaultyFront front = new FaultyFront(node.url());
        FollowStage second = anotherStage(front.url())) {
      AtomicInteger crashes = new AtomicInteger();
      Interruption crash =
          running -> {
            front.refuse(FollowStage::isCommit);
            try {
              running.tick();
            } catch (ElasticsearchUnavailableException e) {
              crashes.incrementAndGet();
            }
            front.refuse(request -> false);
            return second.restart(running);
          };
      StoredRun.assertSame(twoInterfaces(second, seed, crash), withoutRestart);
      assertThat(crashes).hasPositiveValue();
    }
  }

  /** The turn of a capture comes later than it was found: Elasticsearch was away in between. */
  @Test
  void shouldReadWhatWasMovedBeforeItsTurn(EmbeddedElasticsearch node) throws Exception {
    try (FaultyFront front = new FaultyFront(node.url());
        FollowStage second = anotherStage(front.url())) {
      FollowedSensor running = second.start(FollowStage.NEVER);
      running.tick();
      Path captures = second.captures();
      List<byte[]> parts = WrittenRing.split(Files.readAllBytes(traffic(9)), 3);
      for (int i = 0; i < parts.size(); i++) {
        Files.write(captures.resolve("x" + i + ".pcap"), parts.get(i));
      }
      front.refuse(FollowStage::isAnnouncement);
      assertThatThrownBy(running::tick).isInstanceOf(ElasticsearchUnavailableException.class);
      front.refuse(request -> false);
      Path old = Files.createDirectories(captures.resolve("old"));
      Files.move(captures.resolve("x1.pcap"), old.resolve("x1.pcap"));
      running.tick();
      second.stopAndStart(running, FollowStage.NEVER);

      second.finishAndCompare();
      assertThat(second.ledger().values()).noneMatch(entry -> entry.contains("failed"));
    }
  }

  /** Follows another folder as the same sensor. */
  private FollowStage anotherStage(URI url) throws IOException {
    return new FollowStage(url, Files.createDirectories(folder.resolve("again")), stage.sensor);
  }

  /** What happens to a process before a tick of it is over; the answer goes on in its place. */
  @FunctionalInterface
  private interface Interruption {
    Interruption NONE =
        running -> {
          running.tick();
          return running;
        };

    FollowedSensor apply(FollowedSensor running) throws Exception;
  }

  private Map<String, JsonNode> twoInterfaces(FollowStage on, long seed, Interruption interruption)
      throws Exception {
    SplittableRandom interruptions = new SplittableRandom(seed);
    SplittableRandom pace = new SplittableRandom(seed);
    Path traffic = traffic(seed);
    Path one = Files.createDirectories(on.captures().resolve("if1"));
    Path other = Files.createDirectories(on.captures().resolve("if2"));
    Path[] parts = WrittenRing.alternate(traffic, folder);
    WrittenRing first = new WrittenRing(one, parts[0], 4, 300_000, seed);
    WrittenRing second = new WrittenRing(other, parts[1], 5, 300_000, seed + 1);
    FollowedSensor running = on.start(FollowStage.NEVER);
    running.tick();
    while (!first.isWritten() || !second.isWritten()) {
      (pace.nextBoolean() ? first : second).step();
      if (interruptions.nextInt(3) == 0) {
        running = interruption.apply(running);
      } else {
        running.tick();
      }
    }
    FollowedSensor last = on.stopAndStart(running, Duration.ZERO);
    last.tick();
    on.stopAndStart(last, Duration.ZERO); // the ledger's entries have arrived
    return StoredRun.of(on.connection);
  }

  @Test
  void shouldTellWhatItReads() throws Exception {
    Files.copy(traffic(5), stage.captures().resolve("one.pcap"));
    FollowedSensor running = stage.start(Duration.ZERO);
    running.tick();
    running.stop(); // waits for the ledger's entries, too
    running.tick();

    SensorStatus.View view = FollowStage.view(running);
    assertThat(view.packets()).isPositive();
    assertThat(view.capturesDone()).isEqualTo(1);
    assertThat(view.openCaptures()).isZero();
    assertThat(view.openFlows()).isZero();
    assertThat(view.lag()).isZero();
    assertThat(view.flows())
        .isEqualTo(StoredDocuments.of(stage.connection, DocumentKind.FLOW).size());
    assertThat(stage.ledger().values())
        .singleElement()
        .asString()
        .contains("\"state\":\"done\"", "\"packets\":" + view.packets());
  }

  @Test
  void shouldNoticeThatAnotherIndexerReadsTheSensor() throws Exception {
    WrittenRing ring = new WrittenRing(stage.captures(), traffic(6), 6, 1_000_000, 6);
    ring.step();
    FollowedSensor one = stage.start(FollowStage.NEVER);
    one.tick();
    FollowedSensor other = stage.start(FollowStage.NEVER);
    other.tick();
    while (!ring.isWritten()) {
      ring.step();
    }
    other.tick();

    assertThatThrownBy(one::tick).isInstanceOf(SensorTakenException.class);
    one.tick(); // goes on from the other's commit
    stage.finishAndCompare();
  }

  /** Somebody deleted it, or brought back an older snapshot. */
  @Test
  void shouldBeginAgainWhenItsCommitIsGone() throws Exception {
    WrittenRing ring = new WrittenRing(stage.captures(), traffic(7), 6, 1_000_000, 6);
    ring.step();
    FollowedSensor running = stage.start(FollowStage.NEVER);
    running.tick();
    running.tick(); // the ledger's entries have arrived
    stage.forget();
    while (!ring.isWritten()) {
      ring.step();
    }

    assertThatThrownBy(running::tick)
        .isInstanceOf(SensorTakenException.class)
        .hasMessageContaining("gone from Elasticsearch");
    running.tick();
    stage.finishAndCompare();
  }

  @Test
  void shouldTellWhenItIsLeftUncommitted(EmbeddedElasticsearch node) throws Exception {
    try (FaultyFront front = new FaultyFront(node.url());
        FollowStage refusing = anotherStage(front.url())) {
      FollowedSensor running = refusing.start(FollowStage.NEVER);
      running.tick();
      Files.copy(traffic(8), refusing.captures().resolve("one.pcap"));
      front.refuse(FollowStage::isCommit);
      running.stop();
      assertThatThrownBy(running::tick).isInstanceOf(ElasticsearchUnavailableException.class);
      running.release();
      assertThat(running.isLeftUncommitted()).isTrue();

      front.refuse(request -> false);
      running.tick();
      running.release();
      assertThat(running.isLeftUncommitted()).isFalse();
    }
  }

  /** Evidence that could not be stored waits for the next flush, also where traffic has ceased. */
  @Test
  void shouldFlushWithoutNewsToo() throws Exception {
    AtomicInteger flushes = new AtomicInteger();
    FollowedSensor running =
        stage.start(FollowStage.NEVER, (sink, captures) -> new CountedFlushes(sink, flushes));
    running.tick();
    int before = flushes.get();
    running.tick();
    running.tick();
    assertThat(flushes.get() - before).isEqualTo(2);
  }

  private record CountedFlushes(DocumentSink sink, AtomicInteger flushes) implements DocumentSink {
    @Override
    public void accept(EcsDocument document) throws InterruptedException, IOException {
      sink.accept(document);
    }

    @Override
    public void flush() throws IOException, InterruptedException {
      flushes.incrementAndGet();
      sink.flush();
    }

    @Override
    public SinkCounts counts() {
      return sink.counts();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
