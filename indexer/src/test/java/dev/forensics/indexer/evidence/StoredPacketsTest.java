package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.flow.FlowSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packets of a flow are cut out of captures, wherever they are and whatever they are called.
 */
class StoredPacketsTest {
  private static final long START = TestTraffic.START;
  private static final long STEP = 10 * TestTraffic.MILLISECOND;

  @TempDir private Path folder;
  private Path ring;
  private List<TestFrame> flow;
  private List<TestFrame> all;

  @BeforeEach
  void makeTraffic() throws IOException {
    ring = Files.createDirectory(folder.resolve("ring"));
    flow = TestTraffic.alarm(50_001, 20, START + STEP, STEP);
    all =
        TestFrame.merged(
            flow,
            TestTraffic.alarm(50_002, 20, START + STEP / 2, STEP),
            TestTraffic.others(7, 400, START, STEP / 8));
  }

  /** Three captures of a ring, cut by time. */
  private Path[] threeFiles(String ending) throws IOException {
    int third = all.size() / 3;
    return new Path[] {
      TestFrame.write(ring.resolve("a" + ending), all.subList(0, third)),
      TestFrame.write(ring.resolve("b" + ending), all.subList(third, 2 * third)),
      TestFrame.write(ring.resolve("c" + ending), all.subList(2 * third, all.size()))
    };
  }

  private StoredPackets stored(ReadDocuments documents) {
    CaptureFinder finder = new CaptureFinder(RecordedPaths.NONE, List.of(ring));
    EvidenceFolder none = new EvidenceFolder(folder.resolve("none"));
    return new StoredPackets(none, documents, documents, finder);
  }

  private record Written(List<TestFrame> frames, CopyCounts counts, String text) {}

  private Written write(PacketExport.Packets packets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyCounts counts = packets.writeTo(out);
    Path file = folder.resolve("out.pcapng");
    Files.write(file, out.toByteArray());
    return new Written(TestFrame.read(file), counts, out.toString(StandardCharsets.ISO_8859_1));
  }

  private Written export(ReadDocuments documents, String id) throws IOException {
    return write(stored(documents).find(id).orElseThrow());
  }

  /** The alarm of the connection from this port. */
  private static FlowPackets alarm(ReadDocuments documents, int port) throws IOException {
    return documents.all(DocumentKind.ALARM).stream()
        .filter(alarm -> alarm.sourcePort() == port)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {".pcap", ".pcapng"})
  void shouldCutAFlowOutOfThreeFilesOneOfThemCompressedAndOneRenamed(String ending)
      throws Exception {
    Path[] files = threeFiles(ending);
    ReadDocuments documents = ReadDocuments.of(files);
    FlowPackets alarm = alarm(documents, 50_001);
    TestFrame.gzip(files[1]);
    Files.move(files[0], ring.resolve("anything"));

    Written written = export(documents, alarm.documentId());

    assertThat(written.frames).isEqualTo(flow);
    assertThat(written.counts).isEqualTo(new CopyCounts(flow.size(), 0));
    assertThat(written.text)
        .contains(alarm.documentId(), alarm.flowId(), "http-on-https-port", alarm.reason());
    assertThat(export(documents, alarm.flowId()).frames).isEqualTo(flow);
  }

  /** The ring compresses a file between the moment it was found and the moment it is read. */
  @Test
  void shouldFindACaptureAgainThatIsCompressedWhileOthersAreRead() throws Exception {
    Path[] files = threeFiles(".pcapng");
    ReadDocuments documents = ReadDocuments.of(files);
    String id = alarm(documents, 50_001).documentId();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private boolean isCompressed;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (!isCompressed) {
              isCompressed = true;
              compress(files[2]);
            }
          }
        };

    CopyCounts counts = stored(documents).find(id).orElseThrow().writeTo(out);

    assertThat(files[2]).doesNotExist();
    assertThat(counts).isEqualTo(new CopyCounts(flow.size(), 0));
    Path file = Files.write(folder.resolve("out.pcapng"), out.toByteArray());
    assertThat(TestFrame.read(file)).isEqualTo(flow);
  }

  private static void compress(Path file) {
    try {
      TestFrame.gzip(file);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldSayThatAFlowWentOnOfWhichOnlyTheAlarmIsKnown() throws Exception {
    ReadDocuments all = ReadDocuments.of(threeFiles(".pcap"));
    FlowPackets alarm = alarm(all, 50_001);
    StoredPackets early =
        new StoredPackets(
            new EvidenceFolder(folder.resolve("none")),
            id -> all.find(id),
            SegmentLookup.NONE,
            new CaptureFinder(RecordedPaths.NONE, List.of(ring)));

    Written written = write(early.find(alarm.documentId()).orElseThrow());

    assertThat(written.frames).isEqualTo(flow.subList(0, written.frames.size())).isNotEmpty();
    assertThat(written.text).contains("the flow went on behind these packets");
    assertThat(export(all, alarm.documentId()).text).doesNotContain("went on");
  }

  /** A converted file is the same capture, but its records stand elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {".pcap", ".pcapng"})
  void shouldNotReadAtThePlacesOfAnotherFormat(String ending) throws Exception {
    Path[] files = threeFiles(ending);
    ReadDocuments documents = ReadDocuments.of(files);
    String other = ending.equals(".pcap") ? ".pcapng" : ".pcap";
    List<TestFrame> last = TestFrame.read(files[2]);
    Files.delete(files[2]);
    TestFrame.write(ring.resolve("converted" + other), last);

    Written written = export(documents, alarm(documents, 50_001).documentId());

    List<TestFrame> others = flow.stream().filter(frame -> !last.contains(frame)).toList();
    assertThat(written.frames).isEqualTo(others);
    assertThat(written.counts)
        .isEqualTo(new CopyCounts(others.size(), flow.size() - others.size()));
  }

  @Test
  void shouldNotTakeAnotherCaptureUnderAnOldNameForTheOldOne() throws Exception {
    Path[] files = threeFiles(".pcap");
    ReadDocuments documents = ReadDocuments.of(files);
    FlowPackets alarm = alarm(documents, 50_001);
    Files.move(files[2], ring.resolve("moved"));
    TestFrame.write(files[2], TestTraffic.others(99, 500, START, STEP));

    assertThat(export(documents, alarm.documentId()).frames).isEqualTo(flow);

    Files.delete(ring.resolve("moved"));
    Written without = export(documents, alarm.documentId());
    List<TestFrame> early =
        flow.stream().filter(all.subList(0, 2 * (all.size() / 3))::contains).toList();
    assertThat(without.frames).isEqualTo(early);
    assertThat(without.counts).isEqualTo(new CopyCounts(early.size(), flow.size() - early.size()));
    assertThat(without.text)
        .contains((flow.size() - early.size()) + " packets cannot be had any more");
  }

  @Test
  void shouldSayThatEverythingIsGone() throws Exception {
    Path[] files = threeFiles(".pcap");
    ReadDocuments documents = ReadDocuments.of(files);
    for (Path file : files) {
      Files.delete(file);
    }

    String id = alarm(documents, 50_001).documentId();
    assertThat(stored(documents).find(id).orElseThrow().areGone()).isTrue();
    assertThat(stored(documents).find("0123456789abcdef0123456789abcdef")).isEmpty();
    assertThat(stored(documents).find("../../etc/passwd")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".pcap", ".pcapng"})
  void shouldFilterTheRangesOfALongFlow(String ending) throws Exception {
    Path[] files = threeFiles(ending);
    ReadDocuments documents =
        ReadDocuments.of(ReadDocuments.settings(3, Duration.ofHours(1)), files);
    FlowPackets alarm = alarm(documents, 50_001);
    assertThat(documents.of(alarm.flowId()).get(0).ranges()).hasSizeGreaterThan(1);

    Written written = export(documents, alarm.documentId());

    assertThat(written.frames).isEqualTo(flow);
  }

  /** In the place of a packet that is not listed stands one of a later connection. */
  @Test
  void shouldLeaveOutOfRangesWhatIsOfAnotherTime() throws Exception {
    Path file = TestFrame.write(ring.resolve("one.pcap"), all);
    ReadDocuments documents =
        ReadDocuments.of(ReadDocuments.settings(3, Duration.ofHours(1)), file);
    TestFrame own = flow.get(flow.size() / 2);
    List<TestFrame> others = new ArrayList<>(all);
    others.set(all.indexOf(own), new TestFrame(own.nanos() + 3_600_000_000_000L, own.hex()));
    TestFrame.write(file, others);
    List<TestFrame> left = new ArrayList<>(flow);
    left.remove(own);

    assertThat(export(documents, alarm(documents, 50_001).flowId()).frames).isEqualTo(left);
  }

  @Test
  void shouldFindTheFlowInsideATunnelByItsInnerAddresses() throws Exception {
    List<TestFrame> inner =
        TestTraffic.alarm(
            () ->
                PacketBuilder.ethernet()
                    .vlan(12)
                    .ipv4("10.9.9.1", "10.9.9.2")
                    .vxlan(77)
                    .innerEthernet(),
            50_007,
            10,
            START,
            STEP);
    Path file = TestFrame.write(ring.resolve("tunnel"), TestFrame.merged(inner, all));
    ReadDocuments documents =
        ReadDocuments.of(ReadDocuments.settings(2, Duration.ofHours(1)), file);

    assertThat(export(documents, alarm(documents, 50_007).documentId()).frames).isEqualTo(inner);
  }

  /** The documents name the port: whoever has them needs no configuration. */
  @Test
  void shouldFindTheFlowInsideATunnelOnAPortOfOnesOwn() throws Exception {
    byte[] vxlan = {8, 0, 0, 0, 0, 0, 77, 0};
    List<TestFrame> inner =
        TestTraffic.alarm(
            () ->
                PacketBuilder.ethernet()
                    .ipv4("10.9.9.1", "10.9.9.2")
                    .udp(40_000, 14_789)
                    .header(0, 0, vxlan)
                    .innerEthernet(),
            50_007,
            10,
            START,
            STEP);
    Path file = TestFrame.write(ring.resolve("own"), TestFrame.merged(inner, all));
    for (int pointers : new int[] {4096, 2}) {
      ReadDocuments documents =
          ReadDocuments.of(
              TunnelPorts.NONE.with("vxlan", 14_789),
              ReadDocuments.settings(pointers, Duration.ofHours(1)),
              file);
      FlowPackets alarm = alarm(documents, 50_007);
      assertThat(alarm.tunnelPort()).isEqualTo("vxlan/14789");
      assertThat(export(documents, alarm.documentId()).frames).isEqualTo(inner);
    }
  }

  @Test
  void shouldGiveEveryFragmentOfADatagramListedOrNot() throws Exception {
    List<TestFrame> fragments = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] datagram = new byte[1_600];
      fragments.add(fragment(i, 0, datagram));
      fragments.add(fragment(i, 800, datagram));
    }
    Path file = TestFrame.write(ring.resolve("fragments"), TestFrame.merged(fragments, all));
    for (int pointers : new int[] {4096, 3, 2, 1}) {
      ReadDocuments documents =
          ReadDocuments.of(ReadDocuments.settings(pointers, Duration.ofHours(1)), file);
      FlowPackets datagrams =
          documents.all(DocumentKind.FLOW).stream()
              .filter(found -> found.sourcePort() == 7_000)
              .findFirst()
              .orElseThrow();

      assertThat(export(documents, datagrams.documentId()).frames)
          .containsExactlyInAnyOrderElementsOf(fragments);
    }
  }

  private static TestFrame fragment(int number, int offset, byte[] payload) {
    PacketBuilder packet =
        PacketBuilder.ethernet()
            .ipv4(TestTraffic.CLIENT, TestTraffic.SERVER)
            .identification(100 + number)
            .fragment(offset, offset == 0);
    byte[] half = java.util.Arrays.copyOf(payload, 800);
    if (offset == 0) {
      // The UDP header stands in the first fragment and tells the whole datagram's length.
      java.nio.ByteBuffer.wrap(half)
          .putShort((short) 7_000)
          .putShort((short) 7_001)
          .putShort((short) payload.length);
    }
    return TestFrame.of(START + number * STEP + offset, packet.header(0, 17, half));
  }

  @Test
  void shouldJoinTheSegmentsOfALongFlow() throws Exception {
    flow = TestTraffic.alarm(50_003, 300, START, 100 * TestTraffic.MILLISECOND);
    all = TestFrame.merged(flow, all);
    Path[] files = threeFiles(".pcap");
    FlowSettings tenSeconds = ReadDocuments.settings(8, Duration.ofSeconds(10));
    ReadDocuments documents = ReadDocuments.of(tenSeconds, files);
    FlowPackets alarm = alarm(documents, 50_003);
    List<FlowPackets> segments = documents.of(alarm.flowId());
    assertThat(segments).hasSizeGreaterThan(4);

    assertThat(export(documents, alarm.documentId()).frames).isEqualTo(flow);
    assertThat(export(documents, alarm.flowId()).frames).isEqualTo(flow);

    FlowPackets third = segments.get(2);
    assertThat(export(documents, third.documentId()).frames)
        .isEqualTo(
            flow.stream()
                .filter(f -> f.nanos() >= third.startNanos() && f.nanos() <= third.endNanos())
                .toList());
  }

  @Test
  void shouldMergeCapturesThatRanSideBySide() throws Exception {
    List<TestFrame> there =
        flow.stream().filter(f -> f.hex().contains("c000020ac633642c")).toList();
    List<TestFrame> back = flow.stream().filter(f -> !there.contains(f)).toList();
    Path one = TestFrame.write(ring.resolve("eth0"), there);
    Path other = TestFrame.write(ring.resolve("eth1"), back);
    ReadDocuments documents = ReadDocuments.of(one, other);

    assertThat(export(documents, documents.alarm().documentId()).frames).isEqualTo(flow);
  }

  @Test
  void shouldWriteSeveralIdsInOrderOfTimeAndNoPacketTwice() throws Exception {
    ReadDocuments documents = ReadDocuments.of(threeFiles(".pcap"));
    FlowPackets one = alarm(documents, 50_001);
    FlowPackets other = alarm(documents, 50_002);
    List<String> unknown = new ArrayList<>();

    Written written =
        write(
            stored(documents)
                .findAll(
                    List.of(one.documentId(), other.flowId(), one.flowId(), "nothing"), unknown));

    assertThat(unknown).containsExactly("nothing");
    assertThat(written.frames)
        .isEqualTo(TestFrame.merged(flow, TestTraffic.alarm(50_002, 20, START + STEP / 2, STEP)));
    assertThat(written.text).contains(one.documentId(), other.flowId());
  }

  @Test
  void shouldGiveWhatStandsBeforeTheDamageOfACapture() throws Exception {
    Path file = TestFrame.write(ring.resolve("x"), all);
    ReadDocuments documents = ReadDocuments.of(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    Written written = export(documents, alarm(documents, 50_001).documentId());

    assertThat(written.frames).isEqualTo(flow.subList(0, written.frames.size())).isNotEmpty();
    assertThat(written.counts)
        .isEqualTo(new CopyCounts(written.frames.size(), flow.size() - written.frames.size()));
  }
}
