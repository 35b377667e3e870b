package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence is there completely or not at all, says what it is, and leaves when its time comes. */
class EvidenceStoreTest {
  private static final String ALARM = "5d1f0f3b6c0e4f0a9a3f5b8f2f7f6e21";
  private static final String FLOW = "0a345f3b6c0e4f0a9a3f5b8f2f7f6e77";
  private static final Duration YEAR = Duration.ofDays(365);
  private static final long MUCH = 1L << 30;

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  private EvidenceStore open(Duration maxAge, long maxBytes) {
    return new EvidenceStore(folder.resolve("evidence"), maxAge, maxBytes, () -> now);
  }

  private static EvidenceWrite write(EvidenceStore store, String alarmId, int packets) {
    EvidenceWrite write = store.begin(alarmId, "alarm " + alarmId + ", rule r: why", "");
    for (int i = 0; i < packets; i++) {
      write.write(PacketBuilder.record(new byte[100], 1_000_000_000L * i));
    }
    return write;
  }

  private static boolean keep(EvidenceStore store, String alarmId, int packets) {
    return keep(store, write(store, alarmId, packets), 0, FLOW);
  }

  private static boolean keep(EvidenceStore store, EvidenceWrite write, long lost, String flowId) {
    return store.keep(List.of(new EvidenceStore.Ending(write, lost, true, flowId))).isEmpty();
  }

  private static String id(int number) {
    return "%032x".formatted(number * 0x9E3779B97F4A7C15L);
  }

  private List<Path> files(EvidenceStore store) throws IOException {
    try (Stream<Path> files = Files.walk(store.folder().root())) {
      return files.filter(file -> !Files.isDirectory(file)).toList();
    }
  }

  @Test
  void shouldWriteAHashThatTheUsualToolChecks() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    assertThat(keep(store, ALARM, 3)).isTrue();
    Path packets = store.folder().packets(ALARM);
    Path label = EvidenceFolder.label(packets);

    assertThat(TestFrame.read(packets)).hasSize(3);
    assertThat(Files.readString(label)).contains("# packets=3 missing=0 final=true", "rule r: why");
    assertThat(sha256sum(label)).isZero();

    Files.write(packets, new byte[] {1}, StandardOpenOption.APPEND);
    assertThat(sha256sum(label)).isNotZero();
    assertThatThrownBy(() -> store.folder().open(store.folder().find(ALARM).orElseThrow()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has been changed since it was stored");
  }

  private static int sha256sum(Path label) throws Exception {
    assumeTrue(isThere("sha256sum"), "skipped: sha256sum is not installed");
    return new ProcessBuilder("sha256sum", "--check", "--strict", label.getFileName().toString())
        .directory(label.getParent().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  @Test
  void shouldBeFoundByAlarmAndByFlow() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    keep(store, ALARM, 2);

    for (String id : List.of(ALARM, FLOW)) {
      EvidenceFile found = store.folder().find(id).orElseThrow();
      assertThat(found.path()).isEqualTo(store.folder().packets(ALARM));
      assertThat(found.label().flowId()).isEqualTo(FLOW);
      try (InputStream in = store.folder().open(found)) {
        assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(found.path()));
      }
    }
    for (String id :
        List.of("", "..", "../x", id(9), ALARM + "-2", ALARM.replace("d", "D"), "x/" + ALARM)) {
      assertThat(store.folder().find(id)).isEmpty();
    }
  }

  @Test
  void shouldFollowNoLinkOutOfTheFolder() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    keep(store, ALARM, 2);
    Path secret = Files.writeString(folder.resolve("secret"), "not packets");
    Files.delete(store.folder().packets(ALARM));
    Files.createSymbolicLink(store.folder().packets(ALARM), secret);

    assertThat(store.folder().find(ALARM)).isEmpty();
    assertThat(store.folder().find(FLOW)).isEmpty();
  }

  @Test
  void shouldReplaceAFileOnlyByOneWithAsManyPackets() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    keep(store, ALARM, 4);
    keep(store, ALARM, 3);
    assertThat(TestFrame.read(store.folder().packets(ALARM))).hasSize(4);
    keep(store, ALARM, 7);
    assertThat(TestFrame.read(store.folder().packets(ALARM))).hasSize(7);

    EvidenceCounts counts = store.counts();
    assertThat(counts.kept()).isEqualTo(1);
    assertThat(counts.replaced()).isEqualTo(1);
    assertThat(counts.files()).isEqualTo(1);
    assertThat(counts.bytes()).isEqualTo(2 * Files.getFileStore(folder).getBlockSize());
    assertThat(files(store)).hasSize(3);
  }

  @Test
  void shouldKeepNothingOfAnAlarmWithoutPackets() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    assertThat(keep(store, write(store, ALARM, 0), 12, FLOW)).isTrue();

    assertThat(files(store)).isEmpty();
    assertThat(store.counts().missingPackets()).isEqualTo(12);
  }

  @Test
  void shouldRemoveWhatIsTooOld() throws Exception {
    EvidenceStore store = open(Duration.ofDays(10), MUCH);
    keep(store, id(1), 1);
    now = now.plus(Duration.ofDays(6));
    keep(store, write(store, id(2), 1), 0, id(3));
    now = now.plus(Duration.ofDays(6));
    store.prune();

    assertThat(store.folder().find(id(1))).isEmpty();
    assertThat(store.folder().find(FLOW)).isEmpty();
    assertThat(store.folder().find(id(2))).isPresent();
    assertThat(store.counts().pruned()).isEqualTo(1);
    store.prune();
    assertThat(files(store)).hasSize(3);
  }

  /** A file of a few hundred bytes takes a block, and so does the label beside it. */
  @Test
  void shouldCountWhatIsTakenOnDisk() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    for (int i = 0; i < 10; i++) {
      keep(store, id(i), 5);
    }
    long block = Files.getFileStore(folder).getBlockSize();

    assertThat(store.counts().bytes()).isEqualTo(10 * 2 * block);
    assertThat(open(YEAR, MUCH).counts().bytes()).isEqualTo(10 * 2 * block);
  }

  @Test
  void shouldRemoveTheOldestWhenThereAreTooManyFiles() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.resolve("evidence"), YEAR, MUCH, 30, () -> now);
    for (int i = 0; i < 25; i++) {
      now = now.plusSeconds(1);
      assertThat(keep(store, id(i), 5)).isTrue();
    }

    assertThat(store.counts().files()).isLessThanOrEqualTo(10);
    assertThat(store.folder().has(id(24))).isTrue();
    assertThat(store.folder().has(id(0))).isFalse();
  }

  @Test
  void shouldRemoveTheOldestWhenAllTogetherAreTooLarge() throws Exception {
    EvidenceStore store = open(YEAR, 160_000);
    for (int i = 0; i < 40; i++) {
      now = now.plusSeconds(1);
      assertThat(keep(store, id(i), 5)).isTrue();
      assertThat(store.counts().bytes()).isLessThanOrEqualTo(160_000);
    }

    long left = store.counts().files();
    assertThat(left).isBetween(10L, 30L);
    assertThat(store.counts().pruned()).isEqualTo(40 - left);
    for (int i = 0; i < 40; i++) {
      assertThat(store.folder().has(id(i))).isEqualTo(i >= 40 - left);
    }
    assertThat(open(YEAR, 160_000).counts().files()).isEqualTo(left);
  }

  @Test
  void shouldLeavePacketsOutOfAFileThatTakesTooMuchOfTheRoom() throws Exception {
    EvidenceStore store = open(YEAR, 20_000);
    keep(store, ALARM, 500);

    EvidenceLabel label = store.folder().find(ALARM).orElseThrow().label();
    assertThat(Files.size(store.folder().packets(ALARM))).isLessThan(2_200);
    assertThat(label.packets()).isPositive();
    assertThat(label.packets() + label.missing()).isEqualTo(500);
  }

  @Test
  void shouldClearUpWhatACrashLeft() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    keep(store, ALARM, 3);
    Path packets = store.folder().packets(ALARM);
    Path label = EvidenceFolder.label(packets);
    byte[] before = Files.readAllBytes(packets);
    Path newPackets = packets.resolveSibling(".new-" + packets.getFileName());
    Path newLabel = packets.resolveSibling(".new-" + label.getFileName());

    // While the packets are written.
    Files.write(newPackets, new byte[] {1, 2, 3});
    open(YEAR, MUCH);
    assertThat(files(store)).doesNotContain(newPackets).hasSize(3);

    // Both are complete, none is in its place.
    Files.write(newPackets, new byte[] {1, 2, 3});
    Files.writeString(newLabel, "# packets");
    open(YEAR, MUCH);
    assertThat(files(store)).hasSize(3);
    assertThat(Files.readAllBytes(packets)).isEqualTo(before);
    store.folder().verify(store.folder().find(ALARM).orElseThrow());

    // The packets are in their place, the label is not yet.
    String right = Files.readString(label);
    Files.writeString(newLabel, right);
    Files.writeString(label, right.replaceAll("(?m)^[0-9a-f]{64}", "0".repeat(64)));
    open(YEAR, MUCH);
    assertThat(files(store)).hasSize(3);
    store.folder().verify(store.folder().find(ALARM).orElseThrow());

    // Removed down to the label.
    Files.delete(packets);
    open(YEAR, MUCH);
    assertThat(files(store)).isEmpty();
  }

  @Test
  void shouldSayWhyNothingCanBeStored() throws Exception {
    Path blocked =
        Files.writeString(folder.resolve("evidence"), "a file where the folder should be");
    EvidenceStore store = open(YEAR, MUCH);
    assertThat(store.problem()).isPresent();

    assertThat(keep(store, ALARM, 3)).isFalse();
    assertThat(store.problem().orElseThrow()).contains("evidence cannot be stored in " + blocked);
    assertThat(store.counts().failures()).isPositive();

    Files.delete(blocked);
    assertThat(keep(store, ALARM, 3)).isTrue();
    assertThat(store.problem()).isEmpty();
  }

  @Test
  void shouldKeepOthersFromReading() throws Exception {
    EvidenceStore store = open(YEAR, MUCH);
    keep(store, ALARM, 1);
    Path packets = store.folder().packets(ALARM);
    assumeTrue(
        Files.getFileStore(packets).supportsFileAttributeView("posix"),
        "skipped: no POSIX permissions here");

    assertThat(Files.getPosixFilePermissions(packets).toString()).doesNotContain("OTHERS");
    assertThat(Files.getPosixFilePermissions(packets.getParent()).toString())
        .doesNotContain("OTHERS");
  }
}
