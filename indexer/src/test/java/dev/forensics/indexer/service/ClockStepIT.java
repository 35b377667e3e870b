package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a service is set, by hours, as libfaketime does it to one process. */
@ExtendWith(ElasticsearchExtension.class)
class ClockStepIT {
  private static final Path SAMPLES = Path.of("..", "samples", "generated");

  @TempDir Path folder;

  @Test
  void shouldReadOnAndStayReadyWhenTheClockIsSet(EmbeddedElasticsearch node) throws Exception {
    Path library = faketime();
    ServedFolder served = new ServedFolder(folder, node.url());
    Path clock = folder.resolve("clock");
    set(clock, "+0");
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD",
            library.toString(),
            "FAKETIME_TIMESTAMP_FILE",
            clock.toString(),
            "FAKETIME_NO_CACHE",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    try (ServiceProcess service = served.start("1s", "1h", environment);
        ElasticsearchConnection connection = served.connect()) {
      Await.until(() -> service.metric("forensics_commits_total") > 0, "the first tick");

      set(clock, "-2h");
      await(service, "the wall clock was set back by PT2H");
      copy(served, "telegram-ios-probe.pcap");
      Await.until(() -> alarms(connection) == 1, "an alarm after the clock was set back");
      Await.until(() -> service.metric("forensics_flows_open") > 0, "a commit with open flows");

      set(clock, "+3h");
      await(service, "the wall clock was set forward by PT5H");
      assertThat(service.get("/health").body()).contains("\"live\":true");
      // A request to Elasticsearch that is under way is given up by the wall clock, and sent again.
      Await.until(() -> service.get("/health").body().contains("\"ready\":true"), "ready again");
      assertThat(service.metric("forensics_flows_open"))
          .as("flows are not quiet because the clock says so")
          .isPositive();
    }
  }

  private static void set(Path clock, String offset) throws IOException {
    Path next = Files.writeString(clock.resolveSibling("next"), offset + "\n");
    Files.move(
        next,
        clock,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void await(ServiceProcess service, String line) throws Exception {
    Await.until(() -> service.log().contains(line), "the line " + line);
  }

  private static void copy(ServedFolder served, String sample) throws IOException {
    Files.copy(SAMPLES.resolve(sample), served.captures.resolve(sample));
  }

  private static int alarms(ElasticsearchConnection connection) throws IOException {
    return StoredDocuments.of(connection, DocumentKind.ALARM).size();
  }

  /** Debian's package faketime. */
  private static Path faketime() {
    Optional<Path> found =
        Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib")
            .map(place -> Path.of(place, "faketime", "libfaketimeMT.so.1"))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(found.isPresent(), "skipped: libfaketime is not here (package faketime)");
    return found.get();
  }
}
