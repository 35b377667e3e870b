package dev.forensics.indexer.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.live.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Floods against the heap that the launcher gives, each in a process of its own. */
class FloodIT {
  /** Ordinary packets of the smaller run; 0 for one flood alone, with a few. */
  private static final int PACKETS = Integer.getInteger("flood.packets", 0);

  private static final int FEW = 8_000;

  @TempDir Path folder;

  static List<Flood> floods() {
    return PACKETS == 0 ? List.of(Flood.HALF_REQUESTS) : List.of(Flood.values());
  }

  @ParameterizedTest
  @MethodSource("floods")
  @DisplayName("every flood ends in the default heap, in time that grows as the packets do")
  void shouldEnd(Flood flood) throws Exception {
    Scanner nanos = new Scanner(run(flood));
    double once = nanos.nextLong();
    double times = nanos.nextLong() / once;
    if (PACKETS > 0) { // with few packets, start-up counts for more than the work
      assertThat(times).as("time of 2n by time of n").isLessThan(3);
    }
  }

  private String run(Flood flood) throws Exception {
    List<String> options =
        List.of(
            "-Xmx512m",
            "-Xmn96m",
            "-XX:+UseParallelGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1");
    String packets = Integer.toString(PACKETS == 0 ? FEW : PACKETS);
    List<String> arguments = List.of(flood.name(), packets, folder.toString());
    List<String> command = JavaProcess.command(options, FloodRun.class, arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
