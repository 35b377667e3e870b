package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of other tools are named, with what to do. */
class ForeignFormatTest {
  @TempDir private Path folder;

  static Stream<Arguments> files() {
    return Stream.of(
        text("snoop\0\0\0\0\0\0\2\0\0\0\4", ForeignFormat.SNOOP),
        text("RTSS\0\1", ForeignFormat.NETMON_1),
        text("GMBU\0\2", ForeignFormat.NETMON_2),
        text("XCP\000002", ForeignFormat.NETXRAY),
        text("TRSNIFF data    \u001a", ForeignFormat.SNIFFER),
        text("btsnoop\0\0\0\0\1", ForeignFormat.BTSNOOP),
        Arguments.of(eventTrace(), ForeignFormat.EVENT_TRACE),
        Arguments.of(erf(), ForeignFormat.ERF),
        Arguments.of(variant(ByteOrder.LITTLE_ENDIAN), ForeignFormat.PCAP_VARIANT),
        Arguments.of(variant(ByteOrder.BIG_ENDIAN), ForeignFormat.PCAP_VARIANT));
  }

  private static Arguments text(String begin, ForeignFormat format) {
    return Arguments.of((begin + "more").getBytes(StandardCharsets.ISO_8859_1), format);
  }

  private static byte[] eventTrace() {
    ByteBuffer file = ByteBuffer.allocate(65536).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 65536).putShort(72, (short) 2).put(74, (byte) 2).put(75, (byte) 0xC0);
    return file.array();
  }

  private static byte[] erf() {
    ByteBuffer file = ByteBuffer.allocate(5 * 80).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < file.capacity(); at += 80) {
      file.putInt(at + 4, 1_700_000_000 + at).put(at + 8, (byte) 2).put(at + 11, (byte) 80);
    }
    return file.array();
  }

  private static byte[] variant(ByteOrder order) {
    return ByteBuffer.allocate(60).order(order).putInt(0xA1B2_0E0E).putShort((short) 2).array();
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsWhatAFileIsAndWhatToDo(byte[] file, ForeignFormat format) throws IOException {
    Path path = Files.write(folder.resolve("a"), file);
    assertThatThrownBy(() -> CaptureFile.probe(path))
        .isInstanceOf(CaptureException.class)
        .hasMessage(path + ": at byte 0: " + format.advice());
    assertThat(CaptureListing.of(List.of(path)).failures()).hasSize(1);

    Path compressed = folder.resolve("b");
    Files.write(compressed, TestCompression.compress(Compression.GZIP, file));
    CaptureListing listing = CaptureListing.of(List.of(folder));
    assertThat(listing.failures()).isEmpty();
    assertThat(listing.skipped())
        .containsExactly(
            new SkippedFile(path, SkippedFile.Reason.FOREIGN_FORMAT, format.advice()),
            new SkippedFile(compressed, SkippedFile.Reason.FOREIGN_FORMAT, format.advice()));

    FolderScan scan = new FolderScan(folder, List.of(), List.of());
    assertThat(scan.scan().failures())
        .extracting(CaptureFailure::problem)
        .hasSize(2)
        .allMatch(problem -> problem.endsWith(format.advice()));
  }

  @Test
  void namesNothingElse() {
    Random random = new Random(20261130);
    byte[] bytes = new byte[ForeignFormat.HEAD_BYTES];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      assertThat(ForeignFormat.of(bytes, 0, 1 + random.nextInt(bytes.length))).isNull();
    }
  }
}
