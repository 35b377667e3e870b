package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
  private static final List<TestPacket> PACKETS = TestPacket.some(31, 20, 300);
  private static final List<TestPacket> OTHERS = TestPacket.some(32, 20, 300);
  private static final byte[] FILE = TestPcap.littleEndian().file(PACKETS);

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("x.pcap");
  }

  @Test
  void hasTheSameIdInEveryFormWithTheSameFirstPacket() throws IOException {
    CaptureId id = Captures.write(path, FILE).id();
    assertThat(id.value()).matches("[0-9a-f]{32}");
    for (CaptureShape shape : CaptureShape.all().toList()) {
      assertThat(Captures.write(folder.resolve("y"), shape.file().of(PACKETS)).id())
          .as(shape.name())
          .isEqualTo(id);
    }
    byte[] grown = TestPcap.littleEndian().file(PACKETS.subList(0, 1));
    assertThat(Captures.write(path, grown).id()).isEqualTo(id);
    assertThat(Captures.write(path, TestPcap.littleEndian().file(OTHERS)).id()).isNotEqualTo(id);
  }

  @Test
  void knowsHowFarAFileIs() throws IOException {
    Files.write(path, new byte[0]);
    assertThat(CaptureFile.probe(path).state()).isEqualTo(CaptureProbe.State.EMPTY);
    for (int length : new int[] {1, 3, 17, 24, 40}) {
      Files.write(path, Arrays.copyOf(FILE, length));
      assertThat(CaptureFile.probe(path).state()).isEqualTo(CaptureProbe.State.NO_PACKET);
    }
    Files.write(path, new TestPcapng().section(true).describe(1, 0).other(5, 100).bytes());
    assertThat(CaptureFile.probe(path).state()).isEqualTo(CaptureProbe.State.NO_PACKET);
    Files.write(path, FILE);
    assertThat(CaptureFile.probe(path).state()).isEqualTo(CaptureProbe.State.READY);
  }

  @Test
  void namesWhatCannotBeOpened() throws IOException {
    Files.writeString(path, "<html></html>");
    assertThatThrownBy(() -> CaptureFile.probe(path)).hasMessageContaining("neither pcap");
    assertThatThrownBy(() -> CaptureFile.probe(folder)).hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> CaptureFile.probe(folder.resolve("gone")))
        .hasMessageContaining("no such file");
  }

  @Test
  void refusesAnotherCaptureUnderItsName() throws IOException {
    CaptureFile capture = Captures.write(path, FILE);
    Files.write(path, TestPcap.littleEndian().file(OTHERS));
    assertThatThrownBy(() -> capture.open(new SingleThreadBlocks()))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("another capture lies here now");
  }

  @Test
  void noticesThatTheFileShrinks() throws IOException {
    CaptureFile capture = Captures.write(path, FILE);
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      assertThat(Captures.read(reader).packets()).isEqualTo(PACKETS);
      Files.write(path, Arrays.copyOf(FILE, FILE.length - 1), StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(() -> reader.next(new PacketRecord()))
          .isInstanceOf(CaptureException.class)
          .hasMessageContaining("shorter");
    }
  }

  @Test
  void noticesThatTheFileIsWrittenAnew() throws IOException {
    CaptureFile capture = Captures.write(path, FILE);
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      assertThat(Captures.read(reader).packets()).isEqualTo(PACKETS);
      byte[] longer = TestPcap.littleEndian().file(TestPacket.some(33, 200, 300));
      Files.write(path, longer, StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(() -> reader.next(new PacketRecord()))
          .isInstanceOf(CaptureException.class)
          .hasMessageContaining("replaced");
    }
  }

  @Test
  void readsOnWhenTheFileIsRenamedOrDeleted() throws IOException {
    CaptureFile capture = Captures.write(path, Arrays.copyOf(FILE, FILE.length - 5));
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      assertThat(Captures.read(reader).packets()).hasSize(PACKETS.size() - 1);
      Path renamed = Files.move(path, folder.resolve("x.pcap1"));
      Files.write(path, TestPcap.littleEndian().file(OTHERS));
      Files.write(
          renamed,
          Arrays.copyOfRange(FILE, FILE.length - 5, FILE.length),
          StandardOpenOption.APPEND);
      assertThat(Captures.read(reader).packets()).containsExactly(PACKETS.get(PACKETS.size() - 1));
      Files.delete(renamed);
      assertThat(reader.next(new PacketRecord())).isFalse();
    }
  }

  @Test
  void toleratesASectionLengthFilledInLater() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0);
    file.enhanced(0, 5, PACKETS.get(0), "");
    byte[] bytes = file.bytes();
    CaptureFile capture = Captures.write(path, bytes);
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      assertThat(Captures.read(reader).packets()).hasSize(1);
      Arrays.fill(bytes, 16, 24, (byte) 0);
      Files.write(path, bytes);
      Files.write(path, file.other(5, 8).bytes());
      Files.write(path, file.enhanced(0, 9, PACKETS.get(1), "").bytes());
      assertThat(Captures.read(reader).packets()).hasSize(1);
    }
  }

  @Test
  void fetchesOnlyForward() throws IOException {
    try (RecordFetcher fetcher = Captures.write(path, FILE).fetcher(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      fetcher.fetch(24, PacketRecord.NO_SECTION, record);
      assertThatThrownBy(() -> fetcher.fetch(24, PacketRecord.NO_SECTION, record))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> fetcher.fetch(FILE.length, PacketRecord.NO_SECTION, record))
          .isInstanceOf(CaptureException.class);
    }
  }
}
