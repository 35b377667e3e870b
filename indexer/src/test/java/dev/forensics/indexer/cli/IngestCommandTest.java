package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and what survives a bad file. */
class IngestCommandTest {
  private static final Path SAMPLE = Path.of("..", "samples", "recorded", "http-on-80.pcap");

  @TempDir Path folder;

  @Test
  void shouldEndWithOneWhenACaptureFailedAndDoTheOthers() throws IOException {
    Path broken =
        Files.write(
            folder.resolve("broken.pcap"), "no capture at all".getBytes(StandardCharsets.UTF_8));
    Path out = folder.resolve("out");

    int code = run("ingest", "--to", "ndjson:" + out, broken.toString(), SAMPLE.toString());

    assertThat(code).isEqualTo(ExitCode.CAPTURE_FAILED);
    assertThat(Files.readAllLines(out.resolve("flow.ndjson"))).isNotEmpty();
  }

  @Test
  void shouldKeepWhatCameBeforeACut() throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLE);
    Path cut = folder.resolve("cut.pcap");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 10));
    Path out = folder.resolve("out");

    assertThat(run("ingest", "--to", "ndjson:" + out, cut.toString())).isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(out.resolve("flow.ndjson"))).isNotEmpty();
  }

  @Test
  void shouldRefuseAWrongCommandLine() {
    assertThat(run("ingest")).isEqualTo(ExitCode.USAGE);
    assertThat(run("ingest", "--to", "paper", SAMPLE.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(run("no-such-command")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldTakeTunnelPorts() throws IOException {
    Path mirrored = folder.resolve("mirrored.pcap");
    byte[] vxlan = {8, 0, 0, 0, 0, 0, 77, 0};
    byte[] frame =
        PacketBuilder.ethernet()
            .ipv4("192.0.2.1", "192.0.2.2")
            .udp(40_000, 14_789)
            .header(0, 0, vxlan)
            .innerEthernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .tcp(40_000, 443)
            .payload("GET / HTTP/1.1\r\n\r\n")
            .build();
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(mirrored), 1)) {
      writer.write(PacketBuilder.record(frame, 0));
    }
    Path out = folder.resolve("out");
    String to = "ndjson:" + out;

    assertThat(run("ingest", "--to", to, "--tunnel-port", "vxlan=14789", mirrored.toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(out.resolve("flow.ndjson")))
        .contains("\"tunnel\":{\"type\":\"vxlan\",\"id\":77,\"port\":\"vxlan/14789\"}");

    for (String wrong : List.of("vxlan", "vxlan=0", "vxlan=6081", "nothing=5000")) {
      assertThat(run("ingest", "--to", "none", "--tunnel-port", wrong, mirrored.toString()))
          .isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void shouldTellAllFaultsOfAConfiguration() throws IOException {
    Path config = folder.resolve("forensics.yml");
    Files.writeString(config, "sensors: [{ name: 'a b', every: soon }]\nunknown: 1\n");

    int code = run("ingest", "--config", config.toString(), "--to", "none", SAMPLE.toString());

    assertThat(code).isEqualTo(ExitCode.USAGE);
  }

  private static int run(String... arguments) {
    return IndexerMain.execute(arguments);
  }
}
