package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures that share their first records are captures of their own where they differ. */
class SharedBeginningTest {
  @TempDir private Path folder;
  private final List<TestPacket> packets = TestPacket.some(1, 60, 100);

  private Path put(String name, List<TestPacket> some) throws IOException {
    byte[] file = TestPcap.littleEndian().file(some);
    return Files.write(
        folder.resolve(name),
        name.endsWith(".gz") ? TestCompression.compress(Compression.GZIP, file) : file);
  }

  /** The packets without one of them. */
  private List<TestPacket> without(int number) {
    List<TestPacket> some = new ArrayList<>(packets);
    some.remove(number);
    return some;
  }

  private CaptureListing list() {
    return CaptureListing.of(List.of(folder));
  }

  private static List<Path> paths(List<CaptureFile> captures) {
    return captures.stream().map(CaptureFile::path).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30, 58})
  void shouldReadTwoThatDifferFromAnyRecordOn(int number) throws IOException {
    Path whole = put("a.pcap", packets);
    Path other = put("b.pcap.gz", without(number));

    CaptureListing listing = list();

    assertThat(paths(listing.ready())).containsExactlyInAnyOrder(whole, other);
    assertThat(listing.skipped()).isEmpty();
    List<CaptureId> ids = listing.ready().stream().map(CaptureFile::id).toList();
    assertThat(ids).doesNotHaveDuplicates().extracting(CaptureId::group).containsOnly(group());
    assertThat(ids.stream().filter(CaptureId::isBesideAnother).map(CaptureId::tellingRecord))
        .containsExactly(number + 1L);
    assertThat(paths(new FolderScan(folder, List.of(), List.of()).scan().captures()))
        .containsExactlyInAnyOrder(whole, other);
  }

  private CaptureId group() throws IOException {
    return CaptureFile.probe(folder.resolve("a.pcap")).capture().orElseThrow().id();
  }

  /** Which one is called what, and in which order they are found, does not matter. */
  @Test
  void shouldGiveTheSameIdentitiesWhateverTheNames() throws IOException {
    List<List<TestPacket>> all = List.of(packets, without(3), without(9));
    List<List<CaptureId>> ids = new ArrayList<>();
    for (List<String> names : List.of(List.of("a", "b", "c"), List.of("c", "a", "b"))) {
      List<CaptureId> some = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        put(names.get(i), all.get(i));
      }
      List<CaptureFile> ready = list().ready();
      for (int i = 0; i < 3; i++) {
        Path path = folder.resolve(names.get(i));
        ready.stream().filter(f -> f.path().equals(path)).forEach(f -> some.add(f.id()));
      }
      ids.add(some);
    }
    assertThat(ids.get(0)).hasSize(3).doesNotHaveDuplicates().isEqualTo(ids.get(1));
  }

  /** Longer in bytes is not more of it. */
  @Test
  void shouldReadTheIntactOfTwoCopies() throws IOException {
    byte[] whole = TestPcap.littleEndian().file(packets);
    byte[] damaged = Arrays.copyOf(whole, whole.length + 3);
    int third = TestPcap.littleEndian().file(packets.subList(0, 20)).length;
    Arrays.fill(damaged, third + 8, third + 12, (byte) 0x7F);
    Path good = Files.write(folder.resolve("z.pcap"), whole);
    Path bad = Files.write(folder.resolve("a.pcap"), damaged);

    CaptureListing listing = list();

    assertThat(paths(listing.ready())).containsExactly(good);
    assertThat(listing.skipped())
        .containsExactly(
            new SkippedFile(
                bad, SkippedFile.Reason.DUPLICATE, "its 20 packets are read from " + good));
    FolderScan.Found found = new FolderScan(folder, List.of(), List.of()).scan();
    assertThat(paths(found.captures())).containsExactly(good);
    assertThat(found.copies()).hasSize(1);
  }

  /** Reading goes on behind zeros, but what it finds there is nothing new. */
  @Test
  void shouldTakeACopyWithAHoleForTheSameCapture() throws IOException {
    byte[] whole = TestPcap.littleEndian().file(packets);
    byte[] damaged = whole.clone();
    int third = TestPcap.littleEndian().file(packets.subList(0, 20)).length;
    int behind = TestPcap.littleEndian().file(packets.subList(0, 24)).length;
    Arrays.fill(damaged, third, behind, (byte) 0);
    Path good = Files.write(folder.resolve("z.pcap"), whole);
    Files.write(folder.resolve("a.pcap"), damaged);

    assertThat(paths(list().ready())).containsExactly(good);
  }

  @Test
  void shouldTakeAConversionForTheSameCapture() throws IOException {
    Path plain = put("a.pcap", packets);
    ByteArrayOutputStream converted = new ByteArrayOutputStream();
    try (CaptureReader reader =
        CaptureFile.probe(plain).capture().orElseThrow().open(new SingleThreadBlocks())) {
      PcapngWriter writer = new PcapngWriter(converted, "");
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        writer.write(record);
      }
      writer.flush();
    }
    Files.write(folder.resolve("b.pcapng"), converted.toByteArray());

    assertThat(paths(list().ready())).containsExactly(plain);
  }

  @Test
  void shouldTellTwoGrowingFilesApartOnceTheyDiffer() throws IOException {
    FolderScan scan = new FolderScan(folder, List.of(), List.of());
    Path one = put("a.pcap", packets.subList(0, 1));
    Path other = put("b.pcap", packets.subList(0, 1));
    assertThat(scan.scan().captures()).hasSize(1);
    put("a.pcap", packets.subList(0, 20));
    put("b.pcap", packets.subList(0, 12));
    assertThat(paths(scan.scan().captures())).containsExactly(one);
    put("a.pcap", packets.subList(0, 30));
    put("b.pcap", without(15).subList(0, 25));

    FolderScan.Found found = scan.scan();

    assertThat(paths(found.captures())).containsExactlyInAnyOrder(one, other);
    assertThat(found.copies()).isEmpty();
    assertThat(found.beside().get(other).tellingRecord()).isEqualTo(16);
    assertThat(found.beside().get(one).tellingRecord()).isEqualTo(16);
    for (CaptureFile capture : found.captures()) {
      assertThat(capture.isWhereItWas()).isTrue();
      assertThat(capture.mayBe(found.beside().get(capture.path()))).isTrue();
      capture.as(found.beside().get(capture.path())).open(new SingleThreadBlocks()).close();
    }
    assertThat(found.captures().get(0).mayBe(found.beside().get(found.captures().get(1).path())))
        .isFalse();
  }
}
