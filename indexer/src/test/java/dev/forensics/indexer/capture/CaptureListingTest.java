package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureListingTest {
  @TempDir private Path folder;

  private static byte[] capture(long seed, long startSeconds) {
    List<TestPacket> packets =
        TestPacket.some(seed, 10, 100).stream()
            .map(packet -> packet.at(packet.nanos() + startSeconds * 1_000_000_000))
            .toList();
    return TestPcap.littleEndian().file(packets);
  }

  private Path put(String name, byte[] file) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, file);
  }

  private static List<Path> paths(CaptureListing listing) {
    return listing.ready().stream().map(CaptureFile::path).toList();
  }

  @Test
  void ordersByFirstPacketWhateverTheNames() throws IOException {
    Path last = put("a.pcap", capture(1, 300));
    Path first = put("x.pcap10", capture(2, 0));
    Path middle = put("deep/er/b_00001_20261122.pcapng.zst", capture(3, 100));
    CaptureListing listing = CaptureListing.of(List.of(folder));
    assertThat(paths(listing)).containsExactly(first, middle, last);
    assertThat(listing.failures()).isEmpty();
    assertThat(listing.skipped()).isEmpty();
  }

  @Test
  void ordersEqualTimesById() throws IOException {
    put("a", capture(4, 0));
    put("b", capture(5, 0));
    put("c", capture(6, 0));
    List<CaptureFile> ready = CaptureListing.of(List.of(folder)).ready();
    assertThat(ready).hasSize(3).extracting(capture -> capture.id().value()).isSorted();
  }

  @Test
  void readsACaptureOnceFromTheCopyThatHoldsMost() throws IOException {
    byte[] whole = capture(7, 0);
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    put("part.pcap", part);
    Path gz = put("whole.pcap.gz", TestCompression.compress(Compression.GZIP, whole));
    assertThat(paths(CaptureListing.of(List.of(folder)))).containsExactly(gz);
    Path plain = put("z.pcap", whole);
    put("zz.pcap.zst", TestCompression.compress(Compression.ZSTD, whole));
    CaptureListing listing = CaptureListing.of(List.of(folder));
    assertThat(paths(listing)).containsExactly(plain);
    assertThat(listing.skipped())
        .extracting(SkippedFile::reason)
        .containsOnly(SkippedFile.Reason.DUPLICATE)
        .hasSize(3);
    assertThat(listing.failures()).isEmpty();
  }

  @Test
  void takesAPathThatIsNamedTwiceOnce() throws IOException {
    Path file = put("a.pcap", capture(8, 0));
    CaptureListing listing = CaptureListing.of(List.of(file, folder, file));
    assertThat(paths(listing)).containsExactly(file);
    assertThat(listing.skipped()).isEmpty();
  }

  @Test
  void reportsBadFilesAndGoesOn() throws IOException {
    Path good = put("good.pcap", capture(9, 0));
    byte[] broken = capture(10, 0);
    Arrays.fill(broken, 24, broken.length, (byte) 0x7F); // no record can be proved in it
    Path bad = put("bad.pcap", broken);
    put("notes.txt", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    put("empty.pcap", new byte[0]);
    put("header.pcap", Arrays.copyOf(broken, 24));
    put(".hidden.pcap", capture(11, 0));
    CaptureListing listing = CaptureListing.of(List.of(folder));
    assertThat(paths(listing)).containsExactly(good);
    assertThat(listing.failures()).extracting(CaptureFailure::path).containsExactly(bad);
    assertThat(listing.failures().get(0).problem()).contains(bad + ": at byte 24: record of");
    assertThat(listing.skipped())
        .extracting(skipped -> skipped.path().getFileName().toString(), SkippedFile::reason)
        .containsExactlyInAnyOrder(
            tuple("notes.txt", SkippedFile.Reason.NOT_A_CAPTURE),
            tuple("empty.pcap", SkippedFile.Reason.EMPTY),
            tuple("header.pcap", SkippedFile.Reason.NO_PACKET),
            tuple(".hidden.pcap", SkippedFile.Reason.HIDDEN));
  }

  @Test
  void failsForANamedPathThatIsNoCapture() throws IOException {
    Path notes = put("notes.txt", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Path missing = folder.resolve("missing.pcap");
    CaptureListing listing = CaptureListing.of(List.of(notes, missing));
    assertThat(listing.failures())
        .extracting(CaptureFailure::problem)
        .containsExactly(
            notes + ": at byte 0: neither pcap nor pcapng, nor a compressed one",
            missing + ": no such file");
  }

  @Test
  void followsLinksOnlyInsideTheFolder() throws IOException {
    Path ring = Files.createDirectories(folder.resolve("ring"));
    Path inside = put("ring/deep/a.pcap", capture(12, 0));
    Path outside = put("outside.pcap", capture(13, 0));
    Files.createSymbolicLink(ring.resolve("latest.pcap"), inside);
    Files.createSymbolicLink(ring.resolve("circle"), ring);
    Files.createSymbolicLink(ring.resolve("out.pcap"), outside);
    Files.createSymbolicLink(ring.resolve("up"), folder);
    Path dangling = Files.createSymbolicLink(ring.resolve("gone.pcap"), folder.resolve("nothing"));
    CaptureListing listing = CaptureListing.of(List.of(ring));
    assertThat(paths(listing)).containsExactly(inside);
    assertThat(listing.skipped())
        .extracting(skipped -> skipped.path().getFileName().toString(), SkippedFile::reason)
        .containsExactlyInAnyOrder(
            tuple("out.pcap", SkippedFile.Reason.LINK_LEAVES_FOLDER),
            tuple("up", SkippedFile.Reason.LINK_LEAVES_FOLDER));
    assertThat(listing.failures())
        .containsExactly(new CaptureFailure(dangling, dangling + ": a symbolic link to nothing"));
  }

  @Test
  void followsALinkThatIsNamed() throws IOException {
    Path file = put("a.pcap", capture(14, 0));
    Path link = Files.createSymbolicLink(folder.resolve("link.pcap"), file);
    assertThat(paths(CaptureListing.of(List.of(link)))).containsExactly(link);
  }
}
