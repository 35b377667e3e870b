package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedCaptureTest {
  private static final List<TestPacket> PACKETS = TestPacket.some(21, 2000, 1400);

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("x");
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void keepsWhatComesBeforeDamage(Compression compression) throws IOException {
    byte[] file = TestCompression.compress(compression, TestPcap.littleEndian().file(PACKETS));
    for (int i = 0; i < 8; i++) {
      file[file.length * 3 / 4 + i] ^= 0x5A;
    }
    Captures.Reading reading = Captures.read(Captures.write(path, file));
    assertThat(reading.fault()).startsWith(path.toString()).contains("at byte");
    // Damage inside stored bytes is noticed by a checksum later on, hence only the first half.
    int half = PACKETS.size() / 2;
    assertThat(reading.packets()).hasSizeGreaterThan(half);
    assertThat(reading.packets().subList(0, half)).isEqualTo(PACKETS.subList(0, half));
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void tellsItsCompressionByContent(Compression compression) throws IOException {
    byte[] plain = TestPcap.littleEndian().file(PACKETS);
    CaptureFile capture = Captures.write(path, TestCompression.compress(compression, plain));
    assertThat(capture.compression()).isEqualTo(compression);
    assertThat(capture.format()).isEqualTo(CaptureFormat.PCAP);
  }

  @Test
  void passesOverZerosBehindTheLastGzipMember() throws IOException {
    byte[] file = TestCompression.compress(Compression.GZIP, TestPcap.littleEndian().file(PACKETS));
    Captures.Reading reading =
        Captures.read(Captures.write(path, Arrays.copyOf(file, file.length + 512)));
    assertThat(reading.packets()).isEqualTo(PACKETS);
    assertThat(reading.fault()).isEmpty();
    assertThat(reading.trailingBytes()).isZero();
  }

  @Test
  void refusesXzThatNeedsMuchMemory() throws IOException {
    byte[] file = TestCompression.compress(Compression.XZ, TestPcap.littleEndian().file(PACKETS));
    // The block header follows 12 bytes of stream header: size, flags, filter, length, dictionary.
    int length = 4 * (file[12] + 1);
    file[16] = 30;
    CRC32 sum = new CRC32();
    sum.update(file, 12, length - 4);
    ByteOrders.putInt32(file, 12 + length - 4, (int) sum.getValue());
    Files.write(path, file);
    assertThatThrownBy(() -> CaptureFile.probe(path))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void refusesADecompressionBomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new com.github.luben.zstd.ZstdOutputStream(bytes, 3)) {
      out.write(new TestPcapng().section(false).describe(1, 0).bytes());
      byte[] block = new TestPcapng().section(false).other(0x0BAD, 1_048_564).bytes();
      byte[] other = Arrays.copyOfRange(block, block.length - 1_048_576, block.length);
      for (int i = 0; i < 1300; i++) {
        out.write(other);
      }
    }
    Files.write(path, bytes.toByteArray());
    assertThatThrownBy(() -> CaptureFile.probe(path))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("decompression bomb");
  }

  @Test
  void isNoCaptureWhenTheCompressedFileIsNone() throws IOException {
    Files.write(
        path,
        TestCompression.compress(
            Compression.ZSTD,
            "just some text".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> CaptureFile.probe(path))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("neither pcap nor pcapng");
  }
}
