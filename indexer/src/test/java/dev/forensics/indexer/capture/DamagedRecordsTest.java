package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that cannot be a record amid a capture: told, and reading goes on behind them. */
class DamagedRecordsTest {
  private static final int ROUNDS = 30;

  @TempDir private Path folder;
  private Path path;
  private final List<CaptureDamage> damages = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private final CaptureFailureListener listener =
      new CaptureFailureListener() {
        @Override
        public void captureFailed(int index, CaptureException problem) {
          failures.add(problem.getMessage());
        }

        @Override
        public void captureDamaged(int index, CaptureDamage damage) {
          damages.add(damage);
        }
      };

  static Stream<CaptureShape> shapes() {
    return CaptureShape.plain().filter(shape -> !shape.toString().contains("everything"));
  }

  @BeforeEach
  void name() {
    path = folder.resolve("capture");
  }

  /** The head of a record is overwritten. */
  @ParameterizedTest
  @MethodSource("shapes")
  void losesNoOtherRecord(CaptureShape shape) throws IOException {
    Random random = new Random(20261130);
    List<TestPacket> packets = shape.expected(TestPacket.some(5, 60, 900));
    byte[] file = shape.file().of(packets);
    List<Long> starts = starts(file);
    for (int round = 0; round < ROUNDS; round++) {
      int which = 1 + random.nextInt(58);
      byte[] damaged = file.clone();
      byte[] garbage = new byte[16];
      random.nextBytes(garbage);
      Arrays.fill(garbage, 4, 12, (byte) (0x40 + random.nextInt(0xB0))); // no length fits
      System.arraycopy(garbage, 0, damaged, Math.toIntExact(starts.get(which)), garbage.length);
      checkAllBut(which, packets, damaged, "%s, record %d".formatted(shape, which));
    }
  }

  private void checkAllBut(int which, List<TestPacket> packets, byte[] damaged, String what)
      throws IOException {
    damages.clear();
    List<TestPacket> others = new ArrayList<>(packets);
    others.remove(which);
    assertThat(readAll(Captures.write(path, damaged))).as(what).isEqualTo(others);
    assertThat(failures).as(what).isEmpty();
    assertThat(damages).as(what).hasSize(1);
    assertThat(damages.get(0).problem())
        .contains("the file is damaged here", "reading goes on behind them");
  }

  /** The length is within bounds, but the capture ends before it. */
  @ParameterizedTest
  @MethodSource("shapes")
  void losesNothingBehindALengthThatReachesPastTheEnd(CaptureShape shape) throws IOException {
    List<TestPacket> packets = shape.expected(TestPacket.some(5, 40, 300));
    byte[] file = shape.file().of(packets);
    int start = Math.toIntExact(starts(file).get(30));
    byte[] damaged = file.clone();
    boolean isBlock = damaged[0] == 0x0A;
    int at = start + (isBlock ? 4 : 8);
    for (int i = 0; i < (isBlock ? 4 : 8); i++) {
      damaged[at + i] = (byte) (i % 4 == 1 || i % 4 == 2 ? 1 : 0); // 0x00010100 either way
    }
    checkAllBut(30, packets, damaged, shape.toString());
  }

  @Test
  void readsWhatStandsBehindGarbageThatWasInserted() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    int place = Math.toIntExact(starts(file).get(7));
    for (int length : new int[] {16, 100, 5001, 600_000}) {
      byte[] garbage = new byte[length];
      new Random(length).nextBytes(garbage);
      Arrays.fill(garbage, 8, 12, (byte) 0x7F);
      byte[] longer = new byte[file.length + length];
      System.arraycopy(file, 0, longer, 0, place);
      System.arraycopy(garbage, 0, longer, place, length);
      System.arraycopy(file, place, longer, place + length, file.length - place);
      for (Compression compression : List.of(Compression.NONE, Compression.GZIP)) {
        damages.clear();
        byte[] stored =
            compression == Compression.NONE
                ? longer
                : TestCompression.compress(compression, longer);
        assertThat(readAll(Captures.write(path, stored))).isEqualTo(packets);
        assertThat(damages).hasSize(1);
        assertThat(damages.get(0).from()).isEqualTo(place);
        assertThat(damages.get(0).to()).isEqualTo(place + length);
      }
    }
  }

  @Test
  void failsWhereNothingProvesARecordBehindIt() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 6, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    byte[] longer = Arrays.copyOf(file, file.length + 5000);
    Arrays.fill(longer, file.length, longer.length, (byte) 0x7F);
    assertThat(readAll(Captures.write(path, longer))).isEqualTo(packets);
    assertThat(failures).singleElement().asString().contains("at byte " + file.length + ": record");
    assertThat(damages).isEmpty();
  }

  /** A last record that is cut stays one, for what stands in its packet is not a capture. */
  @Test
  void takesACutLastRecordForWhatItIs() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 900);
    byte[] file = TestPcap.littleEndian().file(packets);
    int last = Math.toIntExact(starts(file).get(19));
    for (int length = last + 1; length < file.length; length++) {
      assertThat(readAll(Captures.write(path, Arrays.copyOf(file, length)))).hasSize(19);
    }
    assertThat(damages).isEmpty();
    assertThat(failures).isEmpty();
  }

  /** A file that is still written may lie in another's place: whoever follows it has to look. */
  @Test
  void failsWhereAGrowingFileIsDamaged() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    int place = Math.toIntExact(starts(file).get(7));
    Arrays.fill(file, place + 8, place + 12, (byte) 0x7F);
    Files.write(path, file);
    CaptureFile capture = CaptureFile.probe(path).capture().orElseThrow();
    try (MergedReader reader =
        new MergedReader(new SingleThreadBlocks(), listener, true, new TrafficClock())) {
      reader.add(capture, 0);
      assertThat(drain(reader)).isEqualTo(packets.subList(0, 7));
    }
    assertThat(failures).hasSize(1);
  }

  private List<Long> starts(byte[] file) throws IOException {
    List<Long> starts = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = Captures.write(path, file).open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        starts.add(record.position);
      }
    }
    return starts;
  }

  private List<TestPacket> readAll(CaptureFile capture) {
    try (MergedReader reader =
        new MergedReader(List.of(capture), new SingleThreadBlocks(), listener)) {
      return drain(reader);
    }
  }

  private static List<TestPacket> drain(MergedReader reader) {
    List<TestPacket> packets = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    while (reader.next(record)) {
      packets.add(TestPacket.copyOf(record));
    }
    return packets;
  }
}
