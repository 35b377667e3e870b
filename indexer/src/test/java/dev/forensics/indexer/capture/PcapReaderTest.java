package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
  private static final int RECORD = 24;
  private static final int SECOND = RECORD + 16 + 20;

  @TempDir private Path folder;
  private Path path;
  private byte[] file;
  private ByteBuffer numbers;

  @BeforeEach
  void twoPackets() {
    path = folder.resolve("x");
    TestPacket packet = new TestPacket(1, 0, TestPacket.START, 20, new byte[20]);
    file = TestPcap.littleEndian().file(List.of(packet, packet.at(TestPacket.START + 5000)));
    numbers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(ints = {262_145, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void refusesImpossibleLengthsAndNamesThePlace(int length) throws IOException {
    numbers.putInt(SECOND + 8, length);
    Captures.Reading reading = Captures.read(Captures.write(path, file));
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.fault())
        .startsWith(path + ": at byte " + SECOND + ": ")
        .contains(Integer.toUnsignedString(length));
  }

  @Test
  void staysBrokenAfterAFault() throws IOException {
    numbers.putInt(SECOND + 8, -1);
    try (CaptureReader reader = Captures.write(path, file).open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      assertThat(reader.next(record)).isTrue();
      long position = reader.position();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> reader.next(record)).isInstanceOf(CaptureException.class);
        assertThat(reader.position()).isEqualTo(position);
      }
    }
  }

  @Test
  void mendsAnOriginalLengthBelowTheCapturedOne() throws IOException {
    numbers.putInt(RECORD + 12, 10);
    numbers.putInt(SECOND + 12, -1);
    assertThat(Captures.read(Captures.write(path, file)).packets())
        .extracting(TestPacket::originalLength)
        .containsExactly(20, 20);
  }

  @Test
  void takesTimesAsUnsigned() throws IOException {
    numbers.putInt(RECORD, -1).putInt(RECORD + 4, -1);
    assertThat(Captures.read(Captures.write(path, file)).packets().get(0).nanos())
        .isEqualTo(0xFFFF_FFFFL * 1_000_000_000 + 0xFFFF_FFFFL * 1000)
        .isLessThan(PacketTime.LATEST_NANOS);
  }

  @Test
  void givesARecordWithoutBytes() throws IOException {
    numbers.putInt(RECORD + 8, 0);
    byte[] cut = Arrays.copyOf(file, RECORD + 16);
    assertThat(Captures.read(Captures.write(path, cut)).packets())
        .extracting(packet -> packet.bytes().length, TestPacket::originalLength)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 20));
  }

  @Test
  void takesZerosForSpaceThatIsNotWrittenYet() throws IOException {
    byte[] allocated = Arrays.copyOf(Arrays.copyOf(file, SECOND), 5000);
    try (CaptureReader reader = Captures.write(path, allocated).open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      assertThat(reader.next(record)).isTrue();
      assertThat(reader.next(record)).isFalse();
      assertThat(reader.trailingBytes()).isZero();
      System.arraycopy(file, SECOND, allocated, SECOND, file.length - SECOND);
      Files.write(path, allocated);
      assertThat(reader.next(record)).isTrue();
      assertThat(record.timestampNanos).isEqualTo(TestPacket.START + 5000);
      assertThat(reader.next(record)).isFalse();
    }
  }

  @Test
  void noticesFilesJoinedEndToEnd() throws IOException {
    byte[] twice = Arrays.copyOf(file, 2 * file.length);
    System.arraycopy(file, 0, twice, file.length, file.length);
    Captures.Reading reading = Captures.read(Captures.write(path, twice));
    assertThat(reading.packets()).hasSize(2);
    assertThat(reading.fault()).contains("at byte " + file.length).contains("joined end to end");
  }

  @Test
  void refusesAnUnknownVersion() throws IOException {
    numbers.putShort(4, (short) 9);
    assertThatThrownBy(() -> Captures.write(path, file))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void refusesAPositionInsideTheFileHeader() throws IOException {
    CaptureFile capture = Captures.write(path, file);
    assertThatThrownBy(() -> capture.open(new SingleThreadBlocks(), 5))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("at byte 5");
  }
}
