package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that write captures in real life, on the client's side of a {@link NetworkStage}.
 * {@link ToolProcess#interrupt} ends them cleanly.
 */
public final class RealWriter {
  private static final int MOST_LOOKS = 15;

  private RealWriter() {}

  /**
   * tcpdump; as root to the end, since it becomes the user tcpdump otherwise, who may not write
   * everywhere.
   *
   * @param file its {@code -w}
   * @param arguments more options, then the filter
   */
  public static ToolProcess tcpdump(NetworkStage stage, Path file, String... arguments)
      throws IOException, InterruptedException {
    Requirements.assumeTools("tcpdump");
    return stage
        .startInClient(
            List.of("tcpdump", "-i", NetworkStage.DEVICE, "-Z", "root", "-w", file.toString()),
            List.of("-U", "-B", "32768"),
            List.of(arguments))
        .awaitSays("listening on");
  }

  /**
   * dumpcap.
   *
   * @param file its {@code -w}
   * @param arguments more options
   */
  public static ToolProcess dumpcap(NetworkStage stage, Path file, String... arguments)
      throws IOException, InterruptedException {
    Requirements.assumeTools("dumpcap");
    return stage
        .startInClient(
            List.of("dumpcap", "-q", "-i", NetworkStage.DEVICE, "-w", file.toString()),
            List.of("-B", "32"), // as much as tcpdump: what has no room is lost on a busy machine
            List.of(arguments))
        .awaitSays("File:");
  }

  /**
   * Lets the kernel stamp a packet that is sent once for all who capture it. By default each of
   * them gets a time of its own, microseconds apart; one that asks for nanoseconds changes that for
   * all.
   */
  public static void stampSentPacketsOnce(NetworkStage stage)
      throws IOException, InterruptedException {
    Requirements.assumeTools("tcpdump");
    stage
        .startInClient(List.of("tcpdump", "-i", "lo", "-Z", "root", "--nano", "-w", "/dev/null"))
        .awaitSays("listening on");
  }

  /**
   * Gives writers the time to take over what the kernel still holds, tcpdump up to a second.
   *
   * @param places files and folders that they write; until no packet came for 2 s, or for 15 s
   */
  public static void settle(Path... places) throws IOException, InterruptedException {
    int before = packets(places);
    int unchanged = 0;
    for (int looks = 0; looks < MOST_LOOKS && unchanged < 2; looks++) {
      Thread.sleep(1_000);
      int now = packets(places);
      unchanged = now == before ? unchanged + 1 : 0;
      before = now;
    }
  }

  private static int packets(Path... places) throws IOException {
    int sum = 0;
    for (Path place : places) {
      sum += LivePacket.countGrowing(place);
    }
    return sum;
  }
}
