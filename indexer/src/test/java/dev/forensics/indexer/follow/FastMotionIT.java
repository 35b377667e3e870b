package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of rotation in fast motion: a ring whose names are used again and again. Each file is read
 * once, nothing is left open, memory stays flat, and after a burst the lag is gone. -Dmotion.files
 * makes it longer; a file a minute makes 1440 a day.
 */
@ExtendWith(ElasticsearchExtension.class)
class FastMotionIT {
  private static final int FILES = Integer.getInteger("motion.files", 240);
  private static final int RING = 24;
  private static final int BURST = 12;

  @TempDir Path folder;

  @Test
  void shouldReadEachFileOnceAndKeepNothingOpen(EmbeddedElasticsearch node) throws Exception {
    Path traffic = folder.resolve("traffic");
    TrafficGenerator.write(traffic, FILES * 20_000L, FILES * 10, 1);
    List<byte[]> files = WrittenRing.split(Files.readAllBytes(traffic), FILES);
    long expected = files.stream().mapToLong(WrittenRing::packets).sum();
    List<Long> heap = new ArrayList<>();
    List<Long> open = new ArrayList<>();
    try (FollowStage stage = new FollowStage(node, folder)) {
      FollowedSensor sensor = stage.start(FollowStage.NEVER);
      for (int number = 0; number < files.size(); number++) {
        write(stage.captures().resolve("ring" + number % RING), files.get(number));
        boolean isBurst = number % 60 >= 60 - BURST; // read only when they all lie there
        if (!isBurst || number % 60 == 59) {
          sensor.tick();
        }
        if (number % (FILES / 6) == FILES / 6 - 1) {
          heap.add(usedHeap());
          open.add(openFiles());
        }
      }
      sensor.tick();

      SensorStatus.View view = FollowStage.view(sensor);
      assertThat(view.packets()).isEqualTo(expected);
      assertThat(view.capturesLost()).isZero();
      assertThat(view.capturesFailed()).isZero();
      assertThat(view.lagBytes()).isZero();
      assertThat(view.lag()).isZero();
    }
    System.out.println("heap in MB: " + heap.stream().map(b -> b >> 20).toList());
    System.out.println("open files: " + open);
    int last = heap.size() - 1;
    assertThat(heap.get(last)).isLessThan(heap.get(1) * 3 / 2 + (16 << 20));
    assertThat(open.get(last)).isLessThan(open.get(1) + RING + 8);
  }

  /** As tcpdump -W does: the old file is truncated and written anew, under the same name. */
  private static void write(Path slot, byte[] capture) throws IOException {
    Files.write(slot, capture);
  }

  private static long usedHeap() throws InterruptedException {
    System.gc();
    Thread.sleep(100);
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.count();
    }
  }
}
