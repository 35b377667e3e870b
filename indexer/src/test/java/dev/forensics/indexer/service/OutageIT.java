package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.follow.StoredRun;
import dev.forensics.indexer.follow.WrittenRing;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.FaultyFront;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Elasticsearch is gone, or overloaded, while a ring is written: nothing is lost and nothing comes
 * twice, memory stays flat, and the log and /health say it. -Doutage.seconds makes it longer.
 */
@ExtendWith(ElasticsearchExtension.class)
class OutageIT {
  private static final int SECONDS = Integer.getInteger("outage.seconds", 5);

  @TempDir Path folder;

  private WrittenRing ring(ServedFolder served) throws Exception {
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, 24_000_000, 6_000, 9);
    return new WrittenRing(served.captures, traffic, 8, 400_000, 9);
  }

  @Test
  void shouldWaitForANodeThatIsGone() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    EmbeddedOptions options = EmbeddedOptions.defaults().withFolder(folder.resolve("node"));
    EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options);
    ServedFolder served = new ServedFolder(folder, node.url());
    WrittenRing ring = ring(served);
    try (ServiceProcess service = served.start("200ms", "1h");
        ElasticsearchConnection connection = served.connect()) {
      ring.step();
      Await.until(() -> service.metric("forensics_commits_total") > 1, "a commit");
      node.kill();
      writeFor(ring, SECONDS);
      Await.until(() -> service.get("/health").statusCode() == 503, "/health to notice");
      assertThat(service.get("/health").body()).contains("not reachable");
      double before = service.metric("jvm_memory_used_bytes{area=\"heap\"");
      writeFor(ring, SECONDS);
      assertThat(before).isPositive();
      assertThat(service.metric("forensics_sink_queue_bytes")).isLessThan(32 << 20);

      node.close();
      node = EmbeddedElasticsearch.start(options.withPort(node.url().getPort()));
      while (!ring.isWritten()) {
        ring.step();
      }
      Await.until(() -> service.get("/health").statusCode() == 200, "recovery");
      Await.until(() -> service.metric("forensics_lag_bytes") == 0, "catching up");
      assertSaidOnce(service.log(), "not reachable");
      service.stop();
      served.finish();
      compare(served, connection);
    } finally {
      node.close();
    }
  }

  @Test
  void shouldWaitForANodeThatIsOverloaded(EmbeddedElasticsearch node) throws Exception {
    try (FaultyFront front = new FaultyFront(node.url())) {
      ServedFolder served = new ServedFolder(folder, front.url());
      WrittenRing ring = ring(served);
      try (ServiceProcess service = served.start("200ms", "1h");
          ElasticsearchConnection connection = served.connect()) {
        Await.until(() -> service.metric("forensics_commits_total") > 0, "a commit");
        front.on((exchange, body, number) -> FaultyFront.answer(exchange, 429, "{}"));
        writeFor(ring, SECONDS);
        Await.until(() -> service.get("/health").statusCode() == 503, "/health to notice");
        assertThat(service.get("/health").body()).contains("429");
        front.on((exchange, body, number) -> FaultyFront.answer(exchange, 503, "{}"));
        writeFor(ring, SECONDS);
        front.on((exchange, body, number) -> FaultyFront.Fault.PASS);
        while (!ring.isWritten()) {
          ring.step();
        }
        Await.until(() -> service.get("/health").statusCode() == 200, "recovery");
        assertThat(service.metric("forensics_sink_retries_total")).isPositive();
        assertThat(service.log()).containsOnlyOnce("documents wait");
        service.stop();
        served.finish();
        compare(served, connection);
      }
    }
  }

  /** A ring that is too small for the outage: what it took is counted, then and afterwards. */
  @Test
  void shouldCountWhatTheRingTookDuringAnOutage(EmbeddedElasticsearch node) throws Exception {
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, 3_000_000, 1_000, 4);
    List<byte[]> parts = WrittenRing.split(Files.readAllBytes(traffic), 24);
    try (FaultyFront front = new FaultyFront(node.url())) {
      ServedFolder served = new ServedFolder(folder, front.url());
      try (ServiceProcess service = served.start("200ms", "1h")) {
        turn(served, parts, 0, 4);
        Await.until(() -> service.metric("forensics_commits_total") > 1, "a commit");
        front.refuse(request -> true);
        front.on((exchange, body, number) -> FaultyFront.answer(exchange, 503, "{}"));
        turn(served, parts, 4, parts.size());
        Await.until(() -> service.metric("forensics_captures_lost_total") > 0, "losses told");
        assertThat(service.get("/health").body()).contains("before they were read to their end");
        front.refuse(request -> false);
        front.on((exchange, body, number) -> FaultyFront.Fault.PASS);
        Await.until(() -> service.get("/health").statusCode() == 200, "recovery");
        Await.until(() -> service.metric("forensics_lag_bytes") == 0, "catching up");
        double read = service.metric("forensics_packets_total");
        long written = 0;
        for (byte[] part : parts) {
          written += WrittenRing.packets(part);
        }
        assertThat(read).as("some were lost").isLessThan((double) written);
        assertThat(service.metric("forensics_captures_lost_total")).isBetween(10.0, 24.0);
        assertThat(service.log()).doesNotContain("nothing lost", "nothing is lost");
        service.stop();
      }
    }
  }

  /** A ring of four names; each file is looked at before its name is used again. */
  private static void turn(ServedFolder served, List<byte[]> parts, int from, int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      Files.write(served.captures.resolve("ring" + i % 4 + ".pcap"), parts.get(i));
      Thread.sleep(500);
    }
  }

  /**
   * By whoever met it first: the sink with its documents, a tick that may not begin, or both. The
   * end of it is told as well.
   */
  private static void assertSaidOnce(String log, String problem) {
    List<String> said =
        log.lines()
            .filter(line -> line.contains(problem) && !line.contains(" goes on after: "))
            .toList();
    assertThat(said).isNotEmpty().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(2);
    assertThat(said).noneMatch(line -> line.contains("nothing"));
    assertThat(said.stream().map(line -> line.split(" ", 4)[2]).distinct()).hasSameSizeAs(said);
  }

  private static void writeFor(WrittenRing ring, int seconds) throws Exception {
    for (int i = 0; i < seconds * 4; i++) {
      if (!ring.isWritten()) {
        ring.step();
      }
      Thread.sleep(250);
    }
  }

  private static void compare(ServedFolder served, ElasticsearchConnection connection)
      throws Exception {
    try {
      StoredRun.assertSame(
          StoredRun.of(connection),
          CollectedDocuments.of(List.of(served.captures), served.settings()).comparable());
    } catch (AssertionError e) {
      throw new AssertionError(served.logs(), e);
    }
  }
}
