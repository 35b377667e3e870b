package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Packet counts against the ground truth of the shared captures, where they lie beside the project.
 * A record without any captured byte is not counted there, so it is not counted here either.
 */
class SharedCapturesTest {
  /** Captures where our count differs, with our count; docs/testing.md tells why. */
  private static final Map<String, Integer> DIFFERENT =
      Map.of(
          "OISF+suricata-verify/tests/bug-6875-01/fuzz.pcap",
          2,
          "seladb+PcapPlusPlus/Tests/Fuzzers/RegressionTests/regression_samples/"
              + "clusterfuzz-testcase-minimized-FuzzTarget-5766899836387328",
          1,
          "OISF+suricata-verify/tests/bug-1450-04/tls_DER-incomplete-header.pcap",
          14,
          "OISF+suricata-verify/tests/bug-1450-05/tls_DER-incomplete-content.pcap",
          14,
          "OISF+suricata-verify/tests/smtp-to-comma/10.7.29.101_49898-178.63.41.150_25.pcap",
          199);

  /** Packets that stand behind a damage, of 124 in each file, where tshark stops. */
  private static final Map<String, Integer> BEHIND_DAMAGE =
      Map.of(
          "bad_trailer_length.pcapng",
          123,
          "block_len_unaligned.pcapng",
          123,
          "epb_unknown_interface.pcapng",
          123,
          "garbage_between_records.pcap",
          124,
          "huge_caplen.pcap",
          123,
          "neg_caplen.pcap",
          123);

  private static Path captures;

  @BeforeAll
  static void find() {
    // Tests run in the module's folder; the captures lie beside the project.
    captures = Path.of("").toAbsolutePath().getParent().resolveSibling("shared/captures");
    Assumptions.assumeTrue(
        Files.isRegularFile(captures.resolve("INDEX.csv")),
        "no shared captures beside the project");
  }

  private static Captures.Reading read(Path path) throws IOException {
    try {
      CaptureProbe probe = CaptureFile.probe(path);
      return probe.capture().isPresent()
          ? Captures.read(probe.capture().get())
          : new Captures.Reading(List.of(), 0, "");
    } catch (CaptureException e) {
      return new Captures.Reading(List.of(), 0, e.getMessage());
    }
  }

  private static long packets(Captures.Reading reading) {
    return reading.packets().stream().filter(packet -> packet.bytes().length > 0).count();
  }

  @Test
  void countsThePacketsOfEveryRealCapture() throws IOException {
    List<String> lines = Files.readAllLines(captures.resolve("INDEX.csv"));
    List<String> header = List.of(lines.get(0).split(",", -1));
    int expectedColumn = header.indexOf("packets_expected");
    int errorsColumn = header.indexOf("file_errors");
    SoftAssertions softly = new SoftAssertions();
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = fields(line);
      String name = fields.get(0);
      Captures.Reading reading = read(captures.resolve(name));
      long expected =
          DIFFERENT.containsKey(name)
              ? DIFFERENT.get(name)
              : Long.parseLong(fields.get(expectedColumn));
      softly.assertThat(packets(reading)).as(name).isEqualTo(expected);
      if (fields.get(errorsColumn).startsWith("absurd") && !DIFFERENT.containsKey(name)) {
        softly.assertThat(reading.fault()).as(name).contains("record of");
      }
    }
    softly.assertAll();
  }

  /** The index quotes fields that hold commas. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  @Test
  void recoversWhatCanBeRecoveredFromDamagedCaptures() throws IOException {
    Path damaged = captures.resolve("synthetic/formats/damaged");
    SoftAssertions softly = new SoftAssertions();
    for (String line : Files.readAllLines(damaged.resolve("tshark_reference.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("file")) {
        softly
            .assertThat((int) packets(read(damaged.resolve(fields[0]))))
            .as(fields[0])
            .isEqualTo(BEHIND_DAMAGE.getOrDefault(fields[0], Integer.parseInt(fields[1])));
      }
    }
    softly.assertAll();
  }

  /** All files of the folder hold the same packets, so first and last times have to agree. */
  @Test
  void readsTheSamePacketsFromEveryFormat() throws IOException {
    Map<String, List<TestPacket>> byFormat = new TreeMap<>();
    for (String name :
        List.of(
            "le_us.pcap",
            "be_us.pcap",
            "le_ns.pcap",
            "be_ns.pcap",
            "le.pcapng",
            "be.pcapng",
            "gz.pcap.gz",
            "obsolete_pb.pcapng",
            "section_length.pcapng",
            "multi_section_endian.pcapng",
            "options_ns.pcapng",
            "tsoffset.pcapng")) {
      byFormat.put(name, read(captures.resolve("synthetic/formats").resolve(name)).packets());
    }
    List<TestPacket> reference = byFormat.get("le_us.pcap");
    assertThat(reference).hasSize(124);
    assertThat(reference.get(0).nanos()).isEqualTo(1_463_400_000_294_271_000L);
    assertThat(reference.get(123).nanos()).isEqualTo(1_463_400_003_811_663_000L);
    SoftAssertions softly = new SoftAssertions();
    byFormat.forEach(
        (name, packets) ->
            softly
                .assertThat(packets)
                .as(name)
                .usingElementComparator(SharedCapturesTest::toTheMicrosecond)
                .isEqualTo(reference));
    softly.assertAll();
  }

  private static int toTheMicrosecond(TestPacket one, TestPacket other) {
    boolean same =
        one.nanos() / 1000 == other.nanos() / 1000
            && one.originalLength() == other.originalLength()
            && java.util.Arrays.equals(one.bytes(), other.bytes());
    return same ? 0 : 1;
  }
}
