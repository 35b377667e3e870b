package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
