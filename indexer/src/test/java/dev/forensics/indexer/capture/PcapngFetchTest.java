package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single records of a pcapng, read without the blocks before them. */
class PcapngFetchTest {
  private static final int BEFORE = 60;

  @TempDir private Path folder;
  private Path path;

  /** A record, and where it stands. */
  private record Place(long position, long section, TestPacket packet) {}

  @BeforeEach
  void chooseFile() {
    path = folder.resolve("ring.pcapng");
  }

  @Test
  void readsNothingBetweenTheSectionsHeadAndTheRecord() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0).describe(113, 0);
    some(file, 1);
    int damagedFrom = file.bytes().length;
    some(file, BEFORE);
    int damagedTo = file.bytes().length;
    some(file, 3);
    CaptureFile capture = Captures.write(path, file.bytes());
    List<Place> places = places(capture);
    byte[] damaged = file.bytes();
    Arrays.fill(damaged, damagedFrom, damagedTo, (byte) 0xEE);
    System.arraycopy(damaged, 0, damaged, damagedFrom, 8); // another section without its magic
    Files.write(path, damaged);
    Place last = places.get(places.size() - 1);
    assertThat(fetch(capture, last.position, last.section)).isEqualTo(last.packet);
    assertThatThrownBy(() -> fetch(capture, last.position, PacketRecord.NO_SECTION))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("byte-order magic");
  }

  @Test
  void looksBackForAnInterfaceThatWasDescribedLate() throws IOException {
    TestPcapng file = new TestPcapng().section(true).describe(1, 0);
    some(file, BEFORE);
    file.describe(113, 0, TestPcapng.OPTION_RESOLUTION, new byte[] {9});
    some(file, BEFORE);
    file.enhanced(1, 1_700_000_000_123_456_789L, TestPacket.some(3, 1, 40).get(0), "");
    CaptureFile capture = Captures.write(path, file.bytes());
    List<Place> places = places(capture);
    Place last = places.get(places.size() - 1);
    assertThat(last.packet.linkType()).isEqualTo(113);
    assertThat(last.packet.nanos()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(fetch(capture, last.position, 0)).isEqualTo(last.packet);
  }

  /** Interface 2 must not be taken for 1 because the description of 1 was jumped over. */
  @Test
  void numbersInterfacesRightWhenItReadsOnBehindAJump() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0);
    some(file, BEFORE);
    file.describe(113, 0);
    some(file, BEFORE);
    file.describe(276, 0);
    some(file, 1);
    file.enhanced(1, 17, TestPacket.some(3, 1, 40).get(0), "");
    file.enhanced(2, 18, TestPacket.some(3, 1, 40).get(0), "");
    CaptureFile capture = Captures.write(path, file.bytes());
    List<Place> places = places(capture);
    try (RecordFetcher fetcher = capture.fetcher(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      int from = places.size() - 4;
      fetcher.fetch(places.get(from).position, 0, record);
      for (int i = from; i < places.size(); i++) {
        assertThat(TestPacket.copyOf(record)).isEqualTo(places.get(i).packet);
        assertThat(fetcher.next(record)).isEqualTo(i + 1 < places.size());
      }
    }
  }

  @Test
  void readsEverythingWhereRecordsHaveNoTime() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0);
    some(file, BEFORE);
    file.simple(TestPacket.some(3, 1, 40).get(0)).other(5, 20).describe(1, 0);
    file.simple(TestPacket.some(4, 1, 40).get(0))
        .enhanced(1, 5, TestPacket.some(5, 1, 9).get(0), "");
    CaptureFile capture = Captures.write(path, file.bytes());
    List<Place> places = places(capture);
    try (RecordFetcher fetcher = capture.fetcher(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      for (int i = BEFORE - 2; i < places.size(); i++) {
        fetcher.fetch(places.get(i).position, 0, record);
        assertThat(TestPacket.copyOf(record)).isEqualTo(places.get(i).packet);
      }
    }
  }

  @Test
  void refusesASectionThatIsNone() throws IOException {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0);
    some(file, BEFORE);
    CaptureFile capture = Captures.write(path, file.bytes());
    List<Place> places = places(capture);
    Place last = places.get(BEFORE - 1);
    assertThatThrownBy(() -> fetch(capture, last.position, places.get(3).position))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("no section begins here");
    assertThatThrownBy(() -> fetch(capture, last.position + 4, 0))
        .isInstanceOf(CaptureException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesWhatReadingThroughGives(long seed) throws IOException {
    Random random = new Random(seed);
    CaptureFile capture = Captures.write(path, randomFile(random));
    List<Place> places = places(capture);
    for (int round = 0; round < 30; round++) {
      try (RecordFetcher fetcher = capture.fetcher(new SingleThreadBlocks())) {
        int step = 1 + random.nextInt(40);
        wander(fetcher, places, random, step);
      }
    }
  }

  private static void wander(RecordFetcher fetcher, List<Place> places, Random random, int step)
      throws IOException {
    PacketRecord record = new PacketRecord();
    int at = random.nextInt(step);
    while (at < places.size()) {
      Place place = places.get(at);
      boolean known = random.nextInt(8) > 0;
      fetcher.fetch(place.position, known ? place.section : PacketRecord.NO_SECTION, record);
      assertThat(TestPacket.copyOf(record)).isEqualTo(place.packet);
      assertThat(record.section).isEqualTo(place.section);
      for (int i = random.nextInt(3); i > 0 && ++at < places.size(); i--) {
        assertThat(fetcher.next(record)).isTrue();
        assertThat(TestPacket.copyOf(record)).isEqualTo(places.get(at).packet);
      }
      at += 1 + random.nextInt(step);
    }
  }

  /** Sections of both byte orders, interfaces of several kinds between packets of all kinds. */
  private static byte[] randomFile(Random random) {
    TestPcapng file = new TestPcapng();
    for (int section = 0; section < 4; section++) {
      file.section(random.nextBoolean());
      int interfaces = 0;
      for (int i = 0; i < 120; i++) {
        int what = random.nextInt(20);
        TestPacket packet = TestPacket.some(random.nextLong(), 1, 900).get(0);
        if (interfaces == 0 || what == 0) {
          byte[] resolution = {(byte) (random.nextBoolean() ? 6 : 9)};
          file.describe(1 + random.nextInt(3), 0, TestPcapng.OPTION_RESOLUTION, resolution);
          interfaces++;
        } else if (what == 1) {
          file.other(5, random.nextInt(60));
        } else if (what == 2) {
          file.obsolete(random.nextInt(interfaces), 1000L * i, packet);
        } else if (what == 3 && section == 3) {
          file.simple(packet);
        } else {
          file.enhanced(random.nextInt(interfaces), 1_000_000L * i, packet, "");
        }
      }
    }
    return file.bytes();
  }

  private static void some(TestPcapng file, int count) {
    for (TestPacket packet : TestPacket.some(count, count, 700)) {
      file.enhanced(0, packet.nanos() / 1000, packet, "");
    }
  }

  private static TestPacket fetch(CaptureFile capture, long position, long section)
      throws IOException {
    try (RecordFetcher fetcher = capture.fetcher(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      fetcher.fetch(position, section, record);
      return TestPacket.copyOf(record);
    }
  }

  private static List<Place> places(CaptureFile capture) throws IOException {
    List<Place> places = new ArrayList<>();
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        places.add(new Place(record.position, record.section, TestPacket.copyOf(record)));
      }
    }
    return places;
  }
}
