package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two writers of one interface begin with the same packet: both captures are read, each once. */
@ExtendWith(ElasticsearchExtension.class)
class SharedBeginningIT {
  @TempDir private Path folder;
  private FollowStage stage;
  private byte[] one;
  private byte[] other;

  @BeforeEach
  void prepare(EmbeddedElasticsearch node) throws IOException {
    stage = new FollowStage(node, folder);
    Path traffic = folder.resolve("traffic");
    TrafficGenerator.write(traffic, 150_000, 60, 3);
    one = Files.readAllBytes(traffic);
    other = without(one, 1);
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  /** The capture without one of its records, counting from 0. */
  private static byte[] without(byte[] capture, int number) {
    int from = WrittenRing.recordNear(capture, 0);
    for (int i = 0; i < number; i++) {
      from = next(capture, from);
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.write(capture, 0, from);
    int to = next(capture, from);
    rest.write(capture, to, capture.length - to);
    return rest.toByteArray();
  }

  private static int next(byte[] capture, int record) {
    ByteBuffer header = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
    return record + 16 + header.getInt(record + 8);
  }

  private void write(String name, byte[] capture, int packets) throws IOException {
    int end = WrittenRing.recordNear(capture, 0);
    for (int i = 0; i < packets; i++) {
      end = next(capture, end);
    }
    Files.write(stage.captures().resolve(name), Arrays.copyOf(capture, end));
  }

  private Set<String> ids() throws IOException {
    Set<String> ids = new TreeSet<>();
    stage.ledger().keySet().forEach(id -> ids.add(id.replace("-" + stage.sensor, "")));
    return ids;
  }

  private static long packets(FollowedSensor sensor) {
    return FollowStage.view(sensor).packets();
  }

  @Test
  void shouldReadBothWhileTheyGrowAndAfterRestarts() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    write("a.pcap", one, 1);
    write("b.pcap", other, 1);
    sensor.tick();
    assertThat(packets(sensor)).isEqualTo(1); // so far it is one packet twice
    assertThat(FollowStage.view(sensor).copies()).isEqualTo(1);

    write("a.pcap", one, 10);
    write("b.pcap", other, 8);
    sensor.tick();
    assertThat(packets(sensor)).isEqualTo(18);
    assertThat(FollowStage.view(sensor).copies()).isZero();
    FollowedSensor again = stage.stopAndStart(sensor, FollowStage.NEVER);
    Set<String> ids = ids();
    assertThat(ids).hasSize(2).anyMatch(id -> id.length() == 32);

    write("a.pcap", one, 20);
    write("b.pcap", other, 30);
    again.tick();
    assertThat(packets(again)).isEqualTo(10 + 22);
    again = stage.restart(again);
    again.tick();
    assertThat(packets(again)).isZero();

    // Renamed and compressed, each is still what it was.
    Files.move(stage.captures().resolve("a.pcap"), stage.captures().resolve("c"));
    Path plain = stage.captures().resolve("b.pcap");
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(stage.captures().resolve("b.pcap.gz")))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
    FollowedSensor last = stage.stopAndStart(again, FollowStage.NEVER);
    last.tick();
    assertThat(packets(last)).isZero();
    assertThat(FollowStage.view(last).capturesLost()).isZero();
    stage.stopAndStart(last, FollowStage.NEVER);
    assertThat(ids()).isEqualTo(ids);
  }

  /** The ring has turned: of the first, only the ledger is left. */
  @Test
  void shouldTellACaptureFromOneThatIsGone() throws Exception {
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    write("a.pcap", one, 40);
    sensor.tick();
    Files.delete(stage.captures().resolve("a.pcap"));
    sensor.tick();
    FollowedSensor again = stage.stopAndStart(sensor, FollowStage.NEVER);
    write("b.pcap", other, 30);
    again.tick();
    assertThat(packets(again)).isEqualTo(30);
    FollowedSensor last = stage.stopAndStart(again, FollowStage.NEVER);
    Set<String> ids = ids();
    assertThat(ids).hasSize(2);

    write("a.pcap", one, 45);
    write("b.pcap", other, 35);
    last.tick();
    stage.stopAndStart(last, FollowStage.NEVER);
    assertThat(ids()).isEqualTo(ids);
    assertThat(stage.ledger().values())
        .anyMatch(entry -> entry.contains("a.pcap") && entry.contains("\"packets\":45"))
        .anyMatch(entry -> entry.contains("b.pcap") && entry.contains("\"packets\":35"));
  }

  @Test
  void shouldReadTheIntactOfTwoCopies() throws Exception {
    byte[] damaged = Arrays.copyOf(one, one.length + 3);
    int record = WrittenRing.recordNear(one, one.length / 2);
    Arrays.fill(damaged, record + 8, record + 12, (byte) 0x7F);
    Files.write(stage.captures().resolve("a.pcap"), damaged);
    Files.write(stage.captures().resolve("b.pcap"), one);
    FollowedSensor sensor = stage.start(FollowStage.NEVER);
    sensor.tick();

    assertThat(packets(sensor)).isEqualTo(WrittenRing.packets(one));
    assertThat(FollowStage.view(sensor).copies()).isEqualTo(1);
    assertThat(FollowStage.view(sensor).capturesFailed()).isZero();
  }
}
