package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
  private static final TestPacket PACKET =
      new TestPacket(1, 0, TestPacket.START, 30, new byte[] {1, 2, 3, 4, 5, 6, 7});
  private static final long TICKS = TestPacket.START / 1000;

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("x");
  }

  private static TestPcapng section() {
    return new TestPcapng().section(false).describe(1, 65535);
  }

  private Captures.Reading read(byte[] file) throws IOException {
    return Captures.read(Captures.write(path, file));
  }

  @Test
  void givesEachInterfaceItsOwnLinkType() throws IOException {
    TestPcapng file = section().describe(113, 0);
    file.enhanced(1, TICKS, PACKET, "").enhanced(0, TICKS, PACKET, "");
    file.section(true).describe(228, 0).enhanced(0, TICKS, PACKET, "");
    assertThat(read(file.bytes()).packets())
        .extracting(TestPacket::linkType)
        .containsExactly(113, 1, 228);
  }

  @Test
  void givesSimplePacketsTheTimeBeforeAndTheLengthOfTheSnapLength() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 4);
    file.simple(PACKET).enhanced(0, TICKS, PACKET, "").simple(PACKET);
    List<TestPacket> packets = read(file.bytes()).packets();
    assertThat(packets)
        .extracting(TestPacket::nanos)
        .containsExactly(0L, TestPacket.START, TestPacket.START);
    assertThat(packets).extracting(packet -> packet.bytes().length).containsExactly(4, 7, 4);
    assertThat(packets).extracting(TestPacket::originalLength).containsOnly(30);
  }

  @Test
  void keepsTheTimeBeforeWhenItResumes() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "").simple(PACKET).simple(PACKET);
    CaptureFile capture = Captures.write(path, file.bytes());
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      reader.next(record);
      reader.next(record);
      try (CaptureReader resumed = capture.open(new SingleThreadBlocks(), reader.position())) {
        assertThat(resumed.next(record)).isTrue();
        assertThat(record.timestampNanos).isEqualTo(TestPacket.START);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 11, 16 * 1024 * 1024 + 1, -1})
  void refusesImpossibleBlockLengths(int length) throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "");
    int place = file.bytes().length;
    byte[] bytes = file.other(0x0BAD, 8).bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(place + 4, length);
    Captures.Reading reading = read(bytes);
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.fault()).contains("at byte " + place + ": block of type 0x00000bad");
  }

  @Test
  void refusesAPacketBlockThatWouldFillMemory() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "");
    int place = file.bytes().length;
    byte[] bytes = file.enhanced(0, TICKS, PACKET, "").bytes();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(place + 4, PcapngReader.MAX_HELD_BLOCK + 4);
    assertThat(read(bytes).fault()).contains("at byte " + place);
  }

  @Test
  void refusesAPacketLargerThanItsBlock() throws IOException {
    byte[] bytes = section().enhanced(0, TICKS, PACKET, "").enhanced(0, TICKS, PACKET, "").bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 40 + 20, 9);
    Captures.Reading reading = read(bytes);
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.fault()).contains("packet of 9 bytes does not fit its block of 40");
  }

  @Test
  void refusesAnInterfaceThatWasNotDescribed() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "").enhanced(1, TICKS, PACKET, "");
    assertThat(read(file.bytes()).fault()).contains("packet of interface 1");
  }

  @Test
  void forgetsInterfacesWithTheirSection() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "").section(false);
    assertThat(read(file.enhanced(0, TICKS, PACKET, "").bytes()).fault())
        .contains("packet of interface 0, but the section has described 0");
  }

  @Test
  void boundsTheNumberOfInterfaces() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "");
    for (int i = 0; i < PcapngSection.MAX_INTERFACES; i++) {
      file.describe(1, 0);
    }
    assertThat(read(file.bytes()).fault()).contains("more than 65536 interfaces");
  }

  @Test
  void refusesAnOptionThatLeavesItsBlock() {
    byte[] bytes = section().describe(1, 0, 2, new byte[8]).bytes();
    int option = bytes.length - 4 - 4 - 12;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(option + 2, (short) 60_000);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("option longer");
  }

  @Test
  void passesOverALargeBlockWithoutHoldingIt() throws IOException {
    TestPcapng file = section().enhanced(0, TICKS, PACKET, "").other(10, 12_000_000);
    CaptureFile capture = Captures.write(path, file.enhanced(0, TICKS, PACKET, "").bytes());
    PoisonBlocks blocks = new PoisonBlocks();
    try (CaptureReader reader = capture.open(blocks)) {
      assertThat(Captures.read(reader).packets()).hasSize(2);
    }
    assertThat(blocks.most()).isEqualTo(2);
  }

  @Test
  void endsAtSpaceThatIsNotWrittenYet() throws IOException {
    byte[] bytes = section().enhanced(0, TICKS, PACKET, "").bytes();
    Captures.Reading reading = read(java.util.Arrays.copyOf(bytes, bytes.length + 1000));
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.fault()).isEmpty();
    assertThat(reading.trailingBytes()).isZero();
  }

  @Test
  void refusesAPositionWhereNoRecordEnds() throws IOException {
    CaptureFile capture = Captures.write(path, section().enhanced(0, TICKS, PACKET, "").bytes());
    assertThatThrownBy(() -> capture.open(new SingleThreadBlocks(), 70))
        .isInstanceOf(CaptureException.class);
  }
}
