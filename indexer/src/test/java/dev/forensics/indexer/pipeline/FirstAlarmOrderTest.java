package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.follow.ShortFlows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which alarm is the first about a destination is a matter of packet time, not of threads. */
class FirstAlarmOrderTest {
  private static final int FLOWS = 3_000;
  private static final int SERVERS = 500;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void shouldNotDependOnTheNumberOfWorkers(int seed, boolean isShort) throws Exception {
    Path capture = written(seed, isShort ? 20 : 900).write(folder.resolve("many.pcap"));
    FlowSettings flow = isShort ? ShortFlows.settings() : FlowSettings.defaults();
    Map<String, JsonNode> one = documents(capture, flow, 1);

    for (int workers = 2; workers <= 4; workers++) {
      for (int round = 0; round < 2; round++) {
        assertThat(documents(capture, flow, workers)).isEqualTo(one);
      }
    }
  }

  @Test
  void shouldMarkOneAlarmOfEachDestination() throws Exception {
    Path capture = written(4, 60).write(folder.resolve("many.pcap"));
    Map<String, Integer> firsts = new HashMap<>();
    Map<String, Long> earliest = new HashMap<>();
    CollectedDocuments all = CollectedDocuments.of(List.of(capture), 3);
    for (JsonNode alarm : all.of(DocumentKind.ALARM)) {
      String about = alarm.at("/rule/id").asText() + " " + alarm.at("/destination/ip").asText();
      boolean isFirst = alarm.at("/forensics/alarm/first_for_destination").asBoolean();
      firsts.merge(about, isFirst ? 1 : 0, Integer::sum);
      earliest.merge(about, 1L, Long::sum);
    }

    assertThat(firsts).hasSizeGreaterThan(SERVERS / 2).allSatisfy((k, v) -> assertThat(v).isOne());
    assertThat(earliest.values()).anyMatch(count -> count > 5);
  }

  private static Map<String, JsonNode> documents(Path capture, FlowSettings flow, int workers)
      throws Exception {
    SensorSettings defaults = SensorSettings.defaults("test");
    return CollectedDocuments.of(
            List.of(capture), new SensorSettings("test", workers, flow, defaults.detection()))
        .comparable();
  }

  /**
   * Many at the same times, those to a server close together; some answered, broken off, left
   * alone.
   */
  private static WrittenPackets written(int seed, int seconds) {
    SplittableRandom random = new SplittableRandom(seed);
    WrittenPackets packets = new WrittenPackets();
    for (int i = 0; i < FLOWS; i++) {
      String client = "10.1." + random.nextInt(4) + "." + random.nextInt(1, 250);
      int server = random.nextInt(SERVERS);
      int ticks = server % 50 * seconds * 4 + random.nextInt(40);
      long nanos = WrittenPackets.START_NANOS + ticks * (SECOND / 200);
      String to = "198.51." + server / 250 + "." + (1 + server % 250);
      int port = 1024 + i;
      String request = "GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n";
      boolean isAnswered = random.nextInt(3) == 0;
      String answer = isAnswered ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : null;
      packets.exchange(nanos, client, port, to, request, answer);
      if (random.nextInt(3) == 0) {
        packets.reset(nanos + random.nextInt(1, 40) * (SECOND / 100), client, port, to);
      }
    }
    return packets;
  }
}
