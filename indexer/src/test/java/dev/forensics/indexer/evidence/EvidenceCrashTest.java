package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stores evidence is killed at any moment; what is there is whole, or not there. */
class EvidenceCrashTest {
  private static final int KILLS = 8;
  private static final int ALARMS = 40;

  @TempDir private Path folder;

  @Test
  void shouldLeaveOnlyWholeFiles() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long stored = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = start(folder, seed + kill);
      try {
        assertThat(writer.getInputStream().read()).as("the writer has begun").isEqualTo('\n');
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
      } finally {
        writer.destroyForcibly().waitFor();
      }
      EvidenceStore store = open(folder);
      stored = verify(store);
      assertThat(store.problem()).isEmpty();
    }
    assertThat(stored).as("seed " + seed).isPositive();
  }

  private static long verify(EvidenceStore store) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(store.folder().root())) {
      files = walk.filter(file -> Files.isRegularFile(file)).toList();
    }
    long packets = 0;
    for (Path file : files) {
      String name = file.getFileName().toString();
      assertThat(name).doesNotStartWith(".");
      if (!name.endsWith(EvidenceFolder.PACKETS)) {
        continue;
      }
      String id = name.replace(EvidenceFolder.PACKETS, "");
      EvidenceFile found = store.folder().find(id).orElseThrow();
      store.folder().verify(found);
      assertThat(TestFrame.read(file)).hasSize((int) found.label().packets());
      packets++;
    }
    return packets;
  }

  private static EvidenceStore open(Path folder) {
    return new EvidenceStore(
        folder.resolve("evidence"), Duration.ofDays(1), 1 << 30, InstantSource.system());
  }

  private static Process start(Path folder, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EvidenceCrashTest.class.getName(),
            folder.toString(),
            Long.toString(seed))
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  /** The process that is killed: stores the same alarms again and again, each time with more. */
  public static void main(String[] arguments) {
    EvidenceStore store = open(Path.of(arguments[0]));
    Random random = new Random(Long.parseLong(arguments[1]));
    System.out.println();
    for (int round = 1; ; round++) {
      List<EvidenceStore.Ending> endings = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int alarm = (round * 8 + i) % ALARMS;
        String id = "%032x".formatted((alarm + 1) * 0x9E3779B97F4A7C15L);
        EvidenceWrite write = store.begin(id, "alarm " + id, "");
        for (int packet = 0; packet < 1_000 * round; packet++) {
          write.write(PacketBuilder.record(new byte[60 + random.nextInt(60)], packet));
        }
        endings.add(new EvidenceStore.Ending(write, 0, false, id));
      }
      store.keep(endings);
    }
  }
}
