package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format, variant and compression. */
class CaptureReaderContractTest {
  private static final String SHAPES = "dev.forensics.indexer.capture.CaptureShape#all";

  /** For the tests that open a file many times. */
  private final BlockPool reused = new SingleThreadBlocks();

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    // The name tells nothing, so nothing can rely on it.
    path = folder.resolve("capture.bin");
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void givesEveryRecordAsWritten(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(7, 40, 200);
    Files.write(path, shape.file().of(packets));
    PoisonBlocks blocks = new PoisonBlocks();
    CaptureFile capture = capture();
    try (CaptureReader reader = capture.open(blocks)) {
      assertThat(readAll(reader)).isEqualTo(shape.expected(packets));
      assertThat(reader.trailingBytes()).isZero();
    }
    assertThat(blocks.lent()).isZero();
    assertThat(capture.firstPacketNanos()).isEqualTo(TestPacket.START);
    assertThat(capture.linkType()).isEqualTo(1);
    assertThat(capture.sizeBytes()).isEqualTo(Files.size(path));
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void carriesRecordsOverFromBlockToBlock(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(11, 25, 60_000);
    packets.add(new TestPacket(1, 0, TestPacket.START, 262_144, new byte[262_144]));
    packets.addAll(TestPacket.some(12, 40, 3000));
    Files.write(path, shape.file().of(packets));
    PoisonBlocks blocks = new PoisonBlocks();
    try (CaptureReader reader = capture().open(blocks)) {
      assertThat(readAll(reader)).isEqualTo(shape.expected(packets));
      assertThat(reader.trailingBytes()).isZero();
    }
    assertThat(blocks.lent()).isZero();
    assertThat(blocks.most()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void keepsWhatComesBeforeACut(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(3, 4, 30);
    byte[] file = shape.file().of(packets);
    List<Long> ends = shape.isCompressed() ? List.of() : recordEnds(file);
    for (int cut = 0; cut < file.length; cut++) {
      Files.write(path, Arrays.copyOf(file, cut));
      CaptureProbe probe = CaptureFile.probe(path);
      assertThat(probe.state() == CaptureProbe.State.EMPTY).isEqualTo(cut == 0);
      if (probe.capture().isPresent()) {
        checkCut(shape, packets, ends, cut);
      } else {
        assertThat(ends).as("cut at %d", cut).noneMatch(inFrontOf(cut));
      }
    }
  }

  private static java.util.function.Predicate<Long> inFrontOf(int cut) {
    return end -> end <= cut;
  }

  private void checkCut(CaptureShape shape, List<TestPacket> packets, List<Long> ends, int cut)
      throws IOException {
    try (CaptureReader reader = capture().open(reused)) {
      List<TestPacket> read = readAll(reader);
      assertThat(read).isEqualTo(shape.expected(packets).subList(0, read.size()));
      if (shape.isCompressed()) {
        // Between two parts, nothing tells that another one is missing.
        assertThat(reader.trailingBytes() > 0 || shape.name().contains("two parts"))
            .as("a cut at %d is noticed", cut)
            .isTrue();
      } else {
        assertThat(read)
            .as("cut at %d", cut)
            .hasSize((int) ends.stream().filter(inFrontOf(cut)).count());
      }
    }
  }

  private List<Long> recordEnds(byte[] file) throws IOException {
    Files.write(path, file);
    List<Long> ends = new ArrayList<>();
    try (CaptureReader reader = capture().open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        ends.add(reader.position());
      }
    }
    return ends;
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void goesOnWhenTheFileGrows(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 5, 40);
    byte[] file = shape.file().of(packets);
    List<TestPacket> read = new ArrayList<>();
    CaptureReader reader = null;
    try (OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (byte one : file) {
        out.write(one);
        if (reader == null && CaptureFile.probe(path).capture().isPresent()) {
          reader = capture().open(reused);
        }
        if (reader != null) {
          read.addAll(readAll(reader));
        }
      }
    }
    assertThat(read).isEqualTo(shape.expected(packets));
    assertThat(reader).isNotNull();
    assertThat(reader.trailingBytes()).isZero();
    reader.close();
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void resumesBehindEveryRecord(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(9, 30, 90);
    Files.write(path, shape.file().of(packets));
    List<TestPacket> expected = shape.expected(packets);
    CaptureFile capture = capture();
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      for (int done = 1; reader.next(record); done++) {
        try (CaptureReader resumed = capture.open(reused, reader.position())) {
          assertThat(resumed.position()).isEqualTo(reader.position());
          assertThat(readAll(resumed)).isEqualTo(expected.subList(done, expected.size()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void fetchesSingleRecords(CaptureShape shape) throws IOException {
    List<TestPacket> packets = TestPacket.some(13, 400, 1500);
    Files.write(path, shape.file().of(packets));
    List<TestPacket> expected = shape.expected(packets);
    List<long[]> places = recordPlaces();
    for (boolean isSectionKnown : new boolean[] {false, true}) {
      try (RecordFetcher fetcher = capture().fetcher(new PoisonBlocks())) {
        PacketRecord record = new PacketRecord();
        for (int i = 0; i < places.size(); i += 1 + i % 50) {
          long section = isSectionKnown ? places.get(i)[1] : PacketRecord.NO_SECTION;
          fetcher.fetch(places.get(i)[0], section, record);
          assertThat(TestPacket.copyOf(record)).isEqualTo(expected.get(i));
          assertThat(record.position).isEqualTo(places.get(i)[0]);
        }
      }
    }
  }

  /** Position and section of each record. */
  private List<long[]> recordPlaces() throws IOException {
    List<long[]> places = new ArrayList<>();
    try (CaptureReader reader = capture().open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        places.add(new long[] {record.position, record.section});
      }
    }
    return places;
  }

  @ParameterizedTest
  @MethodSource(SHAPES)
  void answersDamageWithNothingButItsOwnException(CaptureShape shape) throws IOException {
    byte[] file = shape.file().of(TestPacket.some(17, 3, 30));
    for (int place = 0; place < file.length; place++) {
      byte[] damaged = file.clone();
      damaged[place] ^= (byte) (place % 2 == 0 ? 0x80 : 0xFF);
      Files.write(path, damaged);
      readDamaged();
    }
  }

  private void readDamaged() throws IOException {
    try {
      CaptureProbe probe = CaptureFile.probe(path);
      if (probe.capture().isPresent()) {
        try (CaptureReader reader = probe.capture().get().open(reused)) {
          readAll(reader);
        }
      }
    } catch (CaptureException e) {
      assertThat(e).hasMessageContaining(path.toString()).hasMessageContaining("at byte");
    }
  }

  private CaptureFile capture() throws CaptureException {
    return CaptureFile.probe(path).capture().orElseThrow();
  }

  private static List<TestPacket> readAll(CaptureReader reader) throws CaptureException {
    List<TestPacket> packets = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    long before = -1;
    while (reader.next(record)) {
      assertThat(record.position).isGreaterThan(before);
      assertThat(reader.position()).isGreaterThan(record.position);
      before = record.position;
      packets.add(TestPacket.copyOf(record));
    }
    assertThat(reader.next(record)).as("the end stays the end").isFalse();
    return packets;
  }
}
