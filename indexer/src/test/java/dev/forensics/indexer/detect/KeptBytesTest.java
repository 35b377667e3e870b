package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.live.JavaProcess;
import dev.forensics.indexer.live.ToolProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of flows takes memory; how much is noticed, and bounded. */
class KeptBytesTest {
  @TempDir Path folder;

  private final Flow flow = Exchange.tcp().flow();
  private final Inspection inspection =
      new Inspection(
          DetectionSettings.defaults(), PrefixTable.builtIn(), new InspectedExchange(443));
  private long nanos = InspectedExchange.START_NANOS;

  private int after(Direction direction, String text) {
    return after(direction, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private int after(Direction direction, byte[] bytes) {
    inspection.payload(flow, direction, bytes, 0, bytes.length, nanos++);
    return flow.observedBytes;
  }

  @Test
  void shouldGrowWithWhatIsKeptOfEachMessage() {
    String request = "GET /%d%s HTTP/1.1\r\nHost: a.example\r\n\r\n";
    int before = after(Direction.ORIGINATOR, request.formatted(1, "x".repeat(1_000)));
    for (int i = 2; i <= 32; i++) {
      int now = after(Direction.ORIGINATOR, request.formatted(i, "x".repeat(1_000)));
      assertThat(now - before).isBetween(2_000, 3_000); // the target, and its path as a value
      before = now;
    }
    int last = after(Direction.ORIGINATOR, request.formatted(33, "x".repeat(1_000)));
    assertThat(last).as("past the last message that is kept").isEqualTo(before);
  }

  @Test
  void shouldNotGrowWithABody() {
    after(
        Direction.ORIGINATOR,
        "POST /upload HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9000000\r\n\r\n");
    int head = after(Direction.ORIGINATOR, new byte[1_000]); // with the first bytes of the body
    for (int i = 0; i < 100; i++) {
      assertThat(after(Direction.ORIGINATOR, new byte[64_000])).isEqualTo(head);
    }
  }

  @Test
  void shouldCountWhatWaitsForItsEnd() {
    int begun = after(Direction.ORIGINATOR, "GET /");
    int longer = after(Direction.ORIGINATOR, "x".repeat(10_000));
    assertThat(longer - begun).isBetween(9_000, 24_000);
  }

  /** As much as would take half a gigabyte, in a heap of 128 MB. */
  @Test
  void shouldEvictInsteadOfRunningOutOfMemory() throws Exception {
    ToolProcess flood =
        ToolProcess.start(folder, JavaProcess.command(RequestFlood.class, List.of("60000", "12")));
    assertThat(flood.awaitEnd()).as(flood.said()).isZero();
    int evicted = Integer.parseInt(flood.output().replaceAll("\\D", ""));
    assertThat(evicted).isGreaterThan(40_000);
  }
}
