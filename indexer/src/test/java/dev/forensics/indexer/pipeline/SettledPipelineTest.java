package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FirstAlarms;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever of the documents a commit would have sent is sent when the pipeline is settled: after a
 * crash that is how far they are looked up.
 */
class SettledPipelineTest {
  private static final long STEP_NANOS = 100_000_000L;

  @TempDir Path folder;

  @Test
  void shouldHaveNothingLeftForACommit() throws Exception {
    WrittenPackets packets = new WrittenPackets();
    for (int i = 0; i < 6_000; i++) {
      packets.exchange(
          WrittenPackets.START_NANOS + i * STEP_NANOS,
          "10.0.0.1",
          1024 + i,
          "198.51.100.7",
          "\u0001\u0002",
          null);
    }
    List<CaptureFile> files =
        CaptureListing.of(List.of(packets.write(folder.resolve("a.pcap")))).ready();
    CollectedDocuments collected = new CollectedDocuments();
    SensorCaptures captures = new SensorCaptures();
    files.forEach(captures::add);
    SensorAssembly assembly = SensorAssembly.builtIn(SensorSettings.defaults("test"));
    try (SensorPipeline pipeline =
            assembly.writingTo(
                collected, captures, 1, new FirstAlarms(), MemoryShare.WHOLE.names());
        MergedReader reader = new MergedReader(files, pipeline.blocks(), (index, problem) -> {})) {
      int seen = 0;
      while (pipeline.read(reader, 5_000) > 0) {
        pipeline.settle();
        int settled = collected.of(DocumentKind.FLOW).size();
        pipeline.openFlows();
        assertThat(collected.of(DocumentKind.FLOW)).hasSize(settled);
        seen = settled;
      }
      assertThat(seen).isGreaterThan(1_000);
    }
  }
}
