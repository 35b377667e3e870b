package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.follow.StoredRun;
import dev.forensics.indexer.follow.WrittenRing;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service is killed with kill -9 at random moments while a ring is written, and started again:
 * the documents equal those of one run over the finished files. -Dcrash.kills and -Dcrash.seeds
 * make it longer.
 */
@ExtendWith(ElasticsearchExtension.class)
class CrashIT {
  private static final int KILLS = Integer.getInteger("crash.kills", 6);
  private static final int RESTARTS = Integer.getInteger("crash.restarts", 1);
  private static final int BYTES_A_KILL = 2_000_000;

  @TempDir Path folder;

  static long[] seeds() {
    return java.util.stream.LongStream.rangeClosed(1, Integer.getInteger("crash.seeds", 1))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldStoreEverythingOnce(long seed, EmbeddedElasticsearch node) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, (long) KILLS * BYTES_A_KILL, KILLS * 500, seed);
    ServedFolder served = new ServedFolder(folder, node.url());
    WrittenRing ring = new WrittenRing(served.captures, traffic, KILLS * 2, 150_000, seed);
    try (ElasticsearchConnection connection = served.connect()) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (ServiceProcess service = served.start("100ms", "1h")) {
          write(ring, random, 500 + random.nextInt(2_500));
          service.kill();
        }
        if (random.nextInt(2) == 0) {
          rollOver(connection);
        }
      }
      while (!ring.isWritten()) {
        ring.step();
      }
      served.finish();
      assertThat(served.logs()).doesNotContain("ERROR").doesNotContain(" is gone", "gone, or");
      compare(served, connection);
    }
  }

  /**
   * Two interfaces are written side by side, in bursts, with every other packet of all flows each.
   * How late packets are merged depends on when they are met, so one run over the finished files is
   * no measure; but each packet stands in exactly one stored flow.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldCountEachPacketOfTwoInterfacesOnce(long seed, EmbeddedElasticsearch node)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, (long) KILLS / 2 * BYTES_A_KILL, KILLS * 250, seed);
    ServedFolder served = new ServedFolder(folder, node.url());
    Path[] parts = WrittenRing.alternate(traffic, folder);
    WrittenRing[] rings = new WrittenRing[2];
    for (int i = 0; i < rings.length; i++) {
      Path of = Files.createDirectories(served.captures.resolve("if" + i));
      rings[i] = new WrittenRing(of, parts[i], KILLS / 2 + i, 100_000, seed + i);
    }
    try (ElasticsearchConnection connection = served.connect()) {
      for (int kill = 0; kill < KILLS / 2; kill++) {
        try (ServiceProcess service = served.start("100ms", "1h")) {
          write(rings[random.nextInt(2)], random, 300 + random.nextInt(1_000));
          write(rings[random.nextInt(2)], random, 300 + random.nextInt(1_000));
          service.kill();
        }
      }
      for (WrittenRing ring : rings) {
        while (!ring.isWritten()) {
          ring.step();
        }
      }
      served.finish();
      long stored =
          StoredRun.of(connection).values().stream()
              .filter(document -> !document.path("event").path("kind").asText().equals("alert"))
              .mapToLong(document -> document.path("network").path("packets").asLong())
              .sum();
      assertThat(stored)
          .as("packets in flows; %s", served.logs())
          .isEqualTo(WrittenRing.packets(Files.readAllBytes(traffic)));
    }
  }

  private static void compare(ServedFolder served, ElasticsearchConnection connection)
      throws Exception {
    Map<String, JsonNode> expected =
        CollectedDocuments.of(List.of(served.captures), served.settings()).comparable();
    assertThat(expected).hasSizeGreaterThan(1_000);
    try {
      StoredRun.assertSame(StoredRun.of(connection), expected);
    } catch (AssertionError e) {
      throw new AssertionError(served.logs(), e);
    }
  }

  /** Both die, in turn and at random moments; what was under way may or may not have arrived. */
  @Test
  void shouldStoreEverythingOnceWhileElasticsearchRestarts() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    SplittableRandom random = new SplittableRandom(99);
    EmbeddedOptions options = EmbeddedOptions.defaults().withFolder(folder.resolve("node"));
    EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options);
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, 6_000_000, 1_500, 99);
    ServedFolder served = new ServedFolder(folder, node.url());
    WrittenRing ring = new WrittenRing(served.captures, traffic, 6, 150_000, 99);
    try (ElasticsearchConnection connection = served.connect()) {
      for (int restart = 0; restart < RESTARTS; restart++) {
        try (ServiceProcess service = served.start("100ms", "1h")) {
          write(ring, random, 2_000 + random.nextInt(1_500));
          node.kill();
          write(ring, random, random.nextInt(1_000));
          service.kill();
        }
        node.close();
        node = EmbeddedElasticsearch.start(options.withPort(node.url().getPort()));
      }
      while (!ring.isWritten()) {
        ring.step();
      }
      served.finish();
      compare(served, connection);
    } finally {
      node.close();
    }
  }

  private static void write(WrittenRing ring, SplittableRandom random, int millis)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      if (!ring.isWritten()) {
        ring.step();
      }
      Thread.sleep(random.nextInt(150, 350));
    }
  }

  private static void rollOver(ElasticsearchConnection connection) {
    for (DocumentKind kind : List.of(DocumentKind.FLOW, DocumentKind.ALARM)) {
      try {
        connection.client().indices().rollover(r -> r.alias(connection.names().of(kind)));
      } catch (IOException | RuntimeException e) {
        // killed before its first document: there is no stream yet
        assertThat(e).hasMessageContaining(connection.names().of(kind));
      }
    }
  }
}
