package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.flood.Flood;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.MemoryElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * QUIC Initials are opened while a budget of them lasts, and which ones depends on nothing but the
 * packets: neither on the number of workers nor on restarts.
 */
class InitialBudgetTest {
  /** Four Initials each, all in one second: 2,500 fit. */
  private static final int DATAGRAMS = 3_000;

  private static final int OPENED = 2_500;
  private static final long START = 1_795_342_530_000_000_000L;

  @TempDir Path folder;

  @Test
  @DisplayName("the first Initials of a second are opened, whoever looks at them")
  void shouldOpenTheFirst() throws Exception {
    Path file = Flood.INITIALS_AT_ONCE.write(folder.resolve("quic.pcap"), DATAGRAMS);
    CollectedDocuments alone = CollectedDocuments.of(List.of(file), 1);

    assertThat(opened(alone.of(DocumentKind.FLOW)))
        .containsEntry(true, (long) OPENED)
        .containsEntry(false, (long) DATAGRAMS - OPENED);
    for (int workers : List.of(2, 5)) {
      assertThat(CollectedDocuments.of(List.of(file), workers).comparable())
          .isEqualTo(alone.comparable());
    }
  }

  @Test
  @DisplayName("the same ones are opened after a restart amid the second")
  void shouldOpenTheSameAfterARestart() throws Exception {
    byte[] whole =
        Files.readAllBytes(Flood.INITIALS_AT_ONCE.write(folder.resolve("quic.pcap"), DATAGRAMS));
    int record = (whole.length - 24) / DATAGRAMS;
    try (MemoryElasticsearch server = new MemoryElasticsearch();
        FollowStage stage = new FollowStage(server, folder)) {
      Path capture = stage.captures().resolve("quic.pcap");
      FollowedSensor sensor = stage.start(FollowStage.NEVER);
      for (int records : List.of(2_300, 2_400)) {
        Files.write(capture, Arrays.copyOf(whole, 24 + records * record));
        sensor.tick();
        sensor = stage.stopAndStart(sensor, records == 2_300 ? FollowStage.NEVER : Duration.ZERO);
      }
      Files.write(capture, whole);
      sensor.tick();

      assertThat(opened(server.documents())).containsEntry(true, (long) OPENED);
    }
  }

  /** What is read again begins amid the second: what was spent before it counts. */
  @Test
  @DisplayName("a flow stays closed when what was before it is not read again")
  void shouldStayClosedAfterALaterStart() throws Exception {
    try (MemoryElasticsearch server = new MemoryElasticsearch();
        FollowStage stage = new FollowStage(server, folder)) {
      stage.flowsLike(FlowSettings.defaults());
      FollowedSensor sensor = stage.start(FollowStage.NEVER);
      write(stage.captures().resolve("one"), 0, OPENED, 0);
      sensor.tick();
      write(stage.captures().resolve("two"), OPENED, DATAGRAMS, 40);
      sensor.tick();
      sensor.stop();
      sensor.tick();
      assertThat(FollowStage.view(sensor).openFlows()).isEqualTo(1);
      sensor = stage.restart(sensor);
      sensor = stage.stopAndStart(sensor, Duration.ZERO);
      sensor.tick();

      assertThat(opened(server.documents()))
          .containsEntry(true, (long) OPENED)
          .containsEntry(false, (long) DATAGRAMS - OPENED);
    }
  }

  /** Datagrams of one second; the flow of the last one goes on for so many times 5 s. */
  private static void write(Path file, int from, int to, int more) throws IOException {
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET)) {
      for (int number = from; number < to; number++) {
        byte[] frame = Flood.INITIALS_AT_ONCE.frame(number);
        writer.write(PacketBuilder.record(frame, START + number * 1_000L));
      }
      for (int number = 1; number <= more; number++) {
        byte[] frame =
            PacketBuilder.ethernet()
                .ipv4("10.0." + ((to - 1) >> 8) + "." + ((to - 1) & 0xFF), "198.51.100.1")
                .udp(50_000, 443)
                .payload(new byte[] {0x40, (byte) number})
                .build();
        writer.write(PacketBuilder.record(frame, START + number * 5_000_000_000L));
      }
    }
  }

  private static Map<Boolean, Long> opened(List<JsonNode> documents) {
    return documents.stream()
        .map(document -> document.at("/forensics/quic/opened"))
        .filter(JsonNode::isBoolean)
        .collect(Collectors.groupingBy(JsonNode::asBoolean, Collectors.counting()));
  }
}
