package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.PcapngWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is given out beside what tshark selects from the capture: one flow over interfaces of
 * several link types, a VLAN each way, with packets cut by the snapshot length and times to the
 * nanosecond.
 */
class ExportedFileTest {
  private static final int RAW = 101;
  private static final int COOKED = 113;
  private static final int PORT = 50_001;
  private static final int CUT = 70;

  @TempDir private Path folder;
  private Path capture;
  private Path exported;
  private FlowPackets alarm;

  @BeforeEach
  void export() throws Exception {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
    assumeTrue(isThere, "skipped: tshark is not installed");
    Path ring = Files.createDirectory(folder.resolve("ring"));
    capture = ring.resolve("x.pcapng");
    write(capture);
    ReadDocuments documents = ReadDocuments.of(capture);
    alarm = documents.all(DocumentKind.ALARM).get(0);
    StoredPackets stored =
        new StoredPackets(
            new EvidenceFolder(folder.resolve("none")),
            documents,
            documents,
            new CaptureFinder(RecordedPaths.NONE, List.of(ring)));
    exported = folder.resolve("exported.pcapng");
    try (OutputStream out = Files.newOutputStream(exported)) {
      stored.find(alarm.documentId()).orElseThrow().writeTo(out);
    }
  }

  private static void write(Path path) throws IOException {
    List<PacketRecord> records = new ArrayList<>();
    int sent = 1_001;
    int answered = 5_001;
    for (int i = 0; i < 40; i++) {
      String request = "GET /" + i + " HTTP/1.1\r\nHost: example.test\r\n\r\n";
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
      records.add(there(i, sent, answered, request));
      sent += request.length();
      records.add(back(i, answered, sent, answer));
      answered += answer.length();
      records.add(PacketBuilder.record(other(i).build(), time(3 * i + 2)));
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      PcapngWriter writer = new PcapngWriter(out, "");
      for (PacketRecord record : records) {
        writer.write(record);
      }
      writer.flush();
    }
  }

  private static long time(int step) {
    return TestTraffic.START + step * 1_000_003L;
  }

  private static PacketBuilder other(int i) {
    return PacketBuilder.ethernet()
        .vlan(10)
        .ipv4(TestTraffic.CLIENT, TestTraffic.SERVER)
        .udp(PORT, 443)
        .payload("x".repeat(i + 1));
  }

  private static PacketRecord there(int i, int sequence, int ack, String payload) {
    PacketBuilder frame = PacketBuilder.ethernet().vlan(10);
    frame = i % 3 == 1 ? PacketBuilder.bare() : frame;
    PacketRecord record =
        PacketBuilder.record(
            frame
                .ipv4(TestTraffic.CLIENT, TestTraffic.SERVER)
                .tcp(PORT, 443)
                .flags(PacketBuilder.ACK | PacketBuilder.PSH)
                .sequence(sequence)
                .acknowledgment(ack)
                .payload(payload)
                .build(),
            time(3 * i));
    record.linkType = i % 3 == 1 ? RAW : PacketBuilder.ETHERNET;
    record.capturedLength = i % 5 == 4 ? CUT : record.capturedLength;
    return record;
  }

  private static PacketRecord back(int i, int sequence, int ack, String payload) {
    byte[] cooked = {0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 2, 0, 0, 8, 0};
    PacketBuilder frame = PacketBuilder.ethernet().vlan(20);
    frame = i % 3 == 2 ? PacketBuilder.bare().link(cooked) : frame;
    PacketRecord record =
        PacketBuilder.record(
            frame
                .ipv4(TestTraffic.SERVER, TestTraffic.CLIENT)
                .tcp(443, PORT)
                .flags(PacketBuilder.ACK | PacketBuilder.PSH)
                .sequence(sequence)
                .acknowledgment(ack)
                .payload(payload)
                .build(),
            time(3 * i + 1));
    record.linkType = i % 3 == 2 ? COOKED : PacketBuilder.ETHERNET;
    return record;
  }

  private List<String> tshark(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> said =
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("Running as")).toList();
    assertThat(said).as("what tshark complains about").isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(out);
  }

  private List<String> fields(Path file, String filter) throws Exception {
    return tshark(
        "-r",
        file.toString(),
        "-Y",
        filter,
        "-T",
        "fields",
        "-e",
        "frame.time_epoch",
        "-e",
        "frame.len",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.encap_type",
        "-e",
        "vlan.id",
        "-e",
        "tcp.seq_raw",
        "-e",
        "tcp.payload");
  }

  @Test
  void shouldHoldWhatTsharkSelectsOfTheCapture() throws Exception {
    List<String> selected = fields(capture, "tcp.port == " + PORT);

    assertThat(fields(exported, "frame")).isEqualTo(selected).hasSize(80);
    assertThat(selected.get(0)).contains("1795341600.000000000");
    assertThat(selected.get(1)).contains("1795341600.001000003");
  }

  @Test
  void shouldDescribeAnInterfaceForEachLinkType() throws Exception {
    List<String> interfaces =
        tshark("-r", exported.toString(), "-T", "fields", "-e", "frame.interface_id");
    assertThat(interfaces.stream().distinct()).containsExactlyInAnyOrder("0", "1", "2");
  }

  @Test
  void shouldSayInCommentsWhatItIs() throws Exception {
    List<String> comments =
        tshark(
            "-r",
            exported.toString(),
            "-Y",
            "frame.comment",
            "-T",
            "fields",
            "-e",
            "frame.number",
            "-e",
            "frame.comment");
    assertThat(String.join("\n", comments))
        .startsWith("1\t")
        .contains(alarm.documentId(), alarm.rule(), alarm.flowId());
  }
}
