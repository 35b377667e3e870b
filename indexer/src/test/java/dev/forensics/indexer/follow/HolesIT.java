package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of a followed folder with zeros amid their packets, as network file systems show them. */
@ExtendWith(ElasticsearchExtension.class)
class HolesIT {
  @TempDir Path folder;
  private FollowStage stage;
  private byte[] file;
  private int from;
  private int to;
  private int lost;

  @BeforeEach
  void prepare(EmbeddedElasticsearch node) throws IOException {
    stage = new FollowStage(node, folder);
    Path traffic = folder.resolve("traffic");
    TrafficGenerator.write(traffic, 200_000, 40, 3);
    file = Files.readAllBytes(traffic);
    ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 24;
    for (int record = 0; record < 200; record++) {
      from = record == 20 ? at : from;
      to = record == 60 ? at : to;
      at += 16 + records.getInt(at + 8);
    }
    lost = 40;
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  private Path writeHoled() throws IOException {
    byte[] holed = file.clone();
    Arrays.fill(holed, from, to, (byte) 0);
    return Files.write(stage.captures().resolve("ring.pcap"), holed);
  }

  private static long packets(FollowedSensor sensor) {
    return FollowStage.view(sensor).packets();
  }

  @Test
  void shouldWaitForAHoleAndReadItOnce() throws Exception {
    Path path = writeHoled();
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.tick();
    sensor.tick();
    assertThat(packets(sensor)).isEqualTo(20);
    assertThat(FollowStage.view(sensor).lagBytes()).isPositive();

    sensor = stage.restart(sensor);
    sensor.tick();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(file, from, to - from), from);
    }
    sensor.tick();
    sensor.tick();
    sensor = stage.stopAndStart(sensor, FollowStage.NEVER);
    assertThat(stage.ledger().values())
        .singleElement()
        .asString()
        .contains("\"packets\":" + WrittenRing.packets(file));
    assertThat(FollowStage.view(sensor).damages()).isZero();
    assertThat(FollowStage.view(sensor).capturesFailed()).isZero();
    stage.finishAndCompare();
  }

  @Test
  void shouldTellAHoleThatIsNeverFilledAndReadOn() throws Exception {
    writeHoled();
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.tick();
    FollowedSensor quiet = stage.stopAndStart(sensor, Duration.ZERO);
    quiet.tick(); // gives the hole up
    quiet.tick();
    assertThat(20 + packets(quiet)).isEqualTo(WrittenRing.packets(file) - lost);
    assertThat(FollowStage.view(quiet).damages()).isEqualTo(1);
    quiet.tick();
    assertThat(stage.ledger().values())
        .singleElement()
        .asString()
        .contains("\"damages\":1", "\"packets\":" + (WrittenRing.packets(file) - lost))
        .contains("zeros amid the capture", "\"state\":\"done\"");
    // after a restart the same
    quiet = stage.stopAndStart(quiet, Duration.ZERO);
    quiet.tick();
    assertThat(packets(quiet)).isZero();
    assertThat(FollowStage.view(quiet).damages()).isZero();
    stage.finishAndCompare();
  }

  @Test
  void shouldReadAgainBehindAHoleAfterACrash() throws Exception {
    writeHoled();
    FollowedSensor sensor = stage.start(Duration.ZERO);
    sensor.tick();
    sensor = stage.restart(sensor);
    sensor.tick();
    sensor = stage.stopAndStart(sensor, Duration.ZERO);
    sensor.tick();
    sensor.tick();
    sensor.tick();
    assertThat(FollowStage.view(sensor).damages()).isEqualTo(1);
    stage.finishAndCompare();
  }
}
