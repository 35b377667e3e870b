package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A packet appended to a growing capture is an alarm soon after, and its packets are served. */
@ExtendWith(ElasticsearchExtension.class)
class TimeToAlarmIT {
  private static final Path SAMPLE =
      Path.of("..", "samples", "generated", "telegram-ios-probe.pcap");
  private static final int TIMES = 5;

  @TempDir Path folder;

  @Test
  void shouldRaiseTheAlarmAtTheNextTick(EmbeddedElasticsearch node) throws Exception {
    ServedFolder served = new ServedFolder(folder, node.url());
    byte[] sample = Files.readAllBytes(SAMPLE);
    List<Long> millis = new ArrayList<>();
    try (ServiceProcess service = served.start("1s", "1h");
        ElasticsearchConnection connection = served.connect()) {
      Await.until(() -> service.metric("forensics_commits_total") > 0, "the first tick");
      for (int i = 0; i < TIMES; i++) {
        Path capture = served.captures.resolve("growing" + i + ".pcap");
        byte[] whole = withPort(sample, 20_000 + i);
        int first = 24 + 16 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(32);
        Files.write(capture, Arrays.copyOf(whole, first));
        Thread.sleep(1_300);
        int before = alarms(connection).size();
        long appended = System.nanoTime();
        Files.write(
            capture, Arrays.copyOfRange(whole, first, whole.length), StandardOpenOption.APPEND);
        Await.until(() -> alarms(connection).size() > before, "the alarm");
        millis.add((System.nanoTime() - appended) / 1_000_000);
      }
      System.out.println("time to alarm, with a tick a second, in ms: " + millis);
      String id = alarms(connection).keySet().iterator().next();
      assertThat(service.get("/pcap/" + id).statusCode()).isEqualTo(200);
      assertThat(service.get("/pcap/" + id).body().length()).isGreaterThan(100);
      assertThat(service.get("/pcap/nothing").statusCode()).isEqualTo(404);
    }
  }

  private static Map<String, String> alarms(ElasticsearchConnection connection) throws IOException {
    return StoredDocuments.of(connection, DocumentKind.ALARM);
  }

  /** The sample with other client addresses, so that it is another flow and another capture. */
  private static byte[] withPort(byte[] sample, int number) {
    byte[] other = sample.clone();
    ByteBuffer numbers = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 24; at < other.length; at += 16 + numbers.getInt(at + 8)) {
      numbers.putInt(at, numbers.getInt(at) + number);
    }
    return other;
  }
}
