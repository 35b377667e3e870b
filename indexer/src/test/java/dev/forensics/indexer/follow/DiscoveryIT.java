package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchUnavailableException;
import dev.forensics.indexer.index.FaultyFront;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What operators and writers do to the files of a followed folder. */
@ExtendWith(ElasticsearchExtension.class)
class DiscoveryIT {
  @TempDir Path folder;
  private FollowStage stage;
  private FollowedSensor sensor;
  private List<byte[]> files;

  @BeforeEach
  void prepare(EmbeddedElasticsearch node) throws IOException {
    stage = new FollowStage(node, folder);
    sensor = stage.start(FollowStage.NEVER);
    Path traffic = folder.resolve("traffic");
    TrafficGenerator.write(traffic, 600_000, 60, 3);
    files = WrittenRing.split(Files.readAllBytes(traffic), 4);
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  private Path at(String name) throws IOException {
    Path path = stage.captures().resolve(name);
    Files.createDirectories(path.getParent());
    return path;
  }

  private Path write(String name, int number) throws IOException {
    return Files.write(at(name), files.get(number));
  }

  private long packets() {
    return FollowStage.view(sensor).packets();
  }

  private long packetsOf(int... numbers) {
    return Arrays.stream(numbers).mapToLong(n -> WrittenRing.packets(files.get(n))).sum();
  }

  @Test
  void shouldReadByFirstPacketWhateverTheNamesAndTimesSay() throws Exception {
    Path last = write("a.pcap", 3);
    write("z.pcap00", 0);
    write("deep/er/x-20261122101112", 1);
    write("m", 2);
    Instant same = Instant.parse("2026-01-01T00:00:00Z");
    try (var all = Files.walk(stage.captures())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(same));
      }
    }
    assertThat(last).exists();
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0, 1, 2, 3));
    stage.finishAndCompare();
  }

  @Test
  void shouldReadOnceWhatIsMovedAwayAndBackAndIntoSubFolders() throws Exception {
    Path first = write("one.pcap", 0);
    sensor.tick();
    Path away = Files.move(first, folder.resolve("away"));
    sensor.tick();
    Path back = Files.move(away, at("back/one.pcap"));
    write("two.pcap", 1);
    sensor.tick();
    Files.move(back, at("again.pcap"));
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0, 1));
    assertThat(FollowStage.view(sensor).capturesLost()).isZero();
    stage.finishAndCompare();
  }

  @Test
  void shouldGoOnInAFileThatWasLaidOutInFullLength() throws Exception {
    byte[] whole = files.get(0);
    int half = WrittenRing.recordNear(whole, whole.length / 2);
    Path file =
        Files.write(at("laid-out.pcap"), Arrays.copyOf(Arrays.copyOf(whole, half), 400_000));
    sensor.tick();
    assertThat(packets()).isPositive().isLessThan(packetsOf(0));
    Files.write(file, Arrays.copyOf(whole, 400_000), StandardOpenOption.WRITE);
    sensor.tick();
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0));
    stage.finishAndCompare();
  }

  /** What the ledger does not know yet is not new when it comes back. */
  @Test
  void shouldReadOnceWhatIsMovedAwayAndBackBetweenTwoCommits(EmbeddedElasticsearch node)
      throws Exception {
    Path captures = Files.createDirectory(folder.resolve("refused"));
    try (FaultyFront front = new FaultyFront(node.url());
        FollowStage refused = new FollowStage(front.url(), captures, "refused_" + stage.sensor)) {
      FollowedSensor follower = refused.start(FollowStage.NEVER);
      follower.tick();
      front.refuse(FollowStage::isCommit);
      Path file = Files.write(refused.captures().resolve("one.pcap"), files.get(0));
      tickWithoutCommit(follower);
      Path away = Files.move(file, folder.resolve("away"));
      tickWithoutCommit(follower);
      Files.move(away, file);
      front.refuse(request -> false);
      follower.tick();

      assertThat(FollowStage.view(follower).packets()).isEqualTo(packetsOf(0));
      refused.finishAndCompare();
    }
  }

  /** A commit that is due fails; one that cost much lately is not due yet. */
  private static void tickWithoutCommit(FollowedSensor follower) throws Exception {
    try {
      follower.tick();
    } catch (ElasticsearchUnavailableException e) {
      assertThat(e).hasMessageContaining("503");
    }
  }

  @Test
  void shouldTellRingFilesOfOneNameAndLengthApart() throws Exception {
    Path slot = write("slot.pcap", 0);
    sensor.tick();
    FileTime time = Files.getLastModifiedTime(slot);
    for (int number = 1; number < 4; number++) {
      Files.write(slot, files.get(number), StandardOpenOption.TRUNCATE_EXISTING);
      Files.setLastModifiedTime(slot, time);
      sensor.tick();
    }

    assertThat(packets()).isEqualTo(packetsOf(0, 1, 2, 3));
    assertThat(FollowStage.view(sensor).capturesLost()).isZero();
  }

  @Test
  void shouldReadOnWhenACaptureIsCompressedBeforeItsEndWasRead() throws Exception {
    byte[] whole = files.get(0);
    Path plain = at("x.pcap");
    Files.write(plain, Arrays.copyOf(whole, whole.length / 2));
    sensor.tick();
    long before = packets();
    sensor.release(); // as if stopped meanwhile
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(at("x.pcap.gz")))) {
      out.write(whole);
    }
    Files.delete(plain);
    sensor.tick();

    assertThat(before).isPositive().isLessThan(packetsOf(0));
    assertThat(packets()).isEqualTo(packetsOf(0));
    stage.finishAndCompare();
  }

  @Test
  void shouldReadACopyOnce() throws Exception {
    Path plain = write("x.pcap", 0);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(at("x.pcap.gz")))) {
      Files.copy(plain, out);
    }
    Files.copy(plain, at("copy/of/it"));
    Files.createSymbolicLink(at("link"), plain);
    sensor.tick();
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0));
  }

  @Test
  void shouldFollowLinksInsideTheFolderOnly() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(outside.resolve("secret.pcap"), files.get(0));
    Files.createSymbolicLink(at("to-outside"), outside);
    Files.createSymbolicLink(at("circle"), stage.captures());
    Path hidden = Files.write(at("sub/real.pcap"), files.get(1));
    Files.createSymbolicLink(at("to-inside.pcap"), hidden);
    Files.createSymbolicLink(at("broken"), folder.resolve("nothing"));
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(1));
    assertThat(FollowStage.view(sensor).unreadable())
        .singleElement()
        .asString()
        .contains("broken", "link");
  }

  @Test
  void shouldKeepWhatItHasOfAFileThatShrinksOrVanishes() throws Exception {
    byte[] whole = files.get(0);
    Path shrinking = Files.write(at("a.pcap"), whole);
    Path vanishing = write("b.pcap", 1);
    sensor.tick();
    Files.write(shrinking, Arrays.copyOf(whole, whole.length / 3));
    Files.delete(vanishing);
    sensor.tick();
    write("c.pcap", 2);
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0, 1, 2));
  }

  @Test
  void shouldSayWhatItCannotReadAndReadItOnceItCan() throws Exception {
    Path locked = write("locked.pcap", 0);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(locked), "root reads everything: nothing to see here");
    write("open.pcap", 1);
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(1));
    assertThat(FollowStage.view(sensor).unreadable())
        .singleElement()
        .asString()
        .contains("locked.pcap", "not readable");

    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rw-r--r--"));
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0, 1));
    assertThat(FollowStage.view(sensor).unreadable()).isEmpty();
  }

  @Test
  void shouldGoOnPastABrokenCapture() throws Exception {
    byte[] broken = files.get(0).clone();
    int middle = WrittenRing.recordNear(broken, broken.length / 2);
    Arrays.fill(broken, middle + 8, middle + 16, (byte) 0x7f); // a record of 2 GB
    Files.write(at("broken.pcap"), broken);
    write("sound.pcap", 1);
    sensor.tick();
    sensor.stop();
    sensor.tick();

    assertThat(packets()).as("what comes later goes on").isGreaterThan(packetsOf(1));

    FollowedSensor last = stage.stopAndStart(sensor, Duration.ZERO);
    last.tick();
    last.tick();

    SensorStatus.View view = FollowStage.view(last);
    assertThat(view.damages()).isEqualTo(1);
    assertThat(view.capturesDone()).isEqualTo(2);
    assertThat(stage.ledger().values())
        .anySatisfy(
            entry ->
                assertThat(entry)
                    .contains(
                        "\"packets\":" + (packetsOf(0) - 1), "broken.pcap", "is damaged here"));
  }

  @Test
  void shouldTakeCapturesWhoseClockStepsBack() throws Exception {
    write("late.pcap", 3);
    sensor.tick();
    write("early.pcap", 0);
    sensor.tick();
    write("between.pcap", 1);
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0, 1, 3));
    FollowedSensor last = stage.stopAndStart(sensor, Duration.ZERO);
    last.tick();
    stage.stopAndStart(last, Duration.ZERO);
    assertThat(StoredDocuments.of(stage.connection, DocumentKind.FLOW)).isNotEmpty();
  }

  @Test
  void shouldWaitForFilesThatHaveNoPacketYet() throws Exception {
    Path growing = Files.write(at("x.pcap"), new byte[0]);
    byte[] whole = files.get(0);
    List<Integer> ends = new ArrayList<>(List.of(3, 24, 30, 45, whole.length / 2, whole.length));
    int written = 0;
    for (int end : ends) {
      Files.write(growing, Arrays.copyOfRange(whole, written, end), StandardOpenOption.APPEND);
      written = end;
      sensor.tick();
    }

    assertThat(packets()).isEqualTo(packetsOf(0));
    assertThat(FollowStage.view(sensor).unreadable()).isEmpty();
  }

  @Test
  void shouldReadAFileThatIsRenamedIntoTheFolderWhenComplete() throws Exception {
    Path outside = Files.write(folder.resolve("tmp.pcap"), files.get(0));
    sensor.tick();
    Files.move(outside, at("done.pcap"), StandardCopyOption.ATOMIC_MOVE);
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0));
    stage.finishAndCompare();
  }

  @Test
  void shouldSayThatTheFolderIsMissing() throws Exception {
    Path captures = stage.captures();
    Files.delete(captures);
    sensor.tick();

    assertThat(FollowStage.view(sensor).unreadable())
        .singleElement()
        .asString()
        .contains("captures");

    write("x.pcap", 0);
    sensor.tick();

    assertThat(packets()).isEqualTo(packetsOf(0));
    assertThat(FollowStage.view(sensor).unreadable()).isEmpty();
  }
}
