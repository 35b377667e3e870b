package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.evidence.EvidenceSink;
import dev.forensics.indexer.evidence.EvidenceStore;
import dev.forensics.indexer.evidence.SegmentLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** A sink with evidence before it is a sink like the others. */
class EvidenceSinkContractTest extends DocumentSinkContract {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  @TempDir private Path folder;

  @Override
  DocumentSink open() throws IOException {
    InstantSource clock = InstantSource.system();
    EvidenceStore store =
        new EvidenceStore(folder.resolve("evidence"), Duration.ofDays(1), 1 << 20, clock);
    return new EvidenceSink(
        new NdjsonSink(folder.resolve("documents")),
        store,
        (wanted, inspection) -> {},
        SegmentLookup.NONE,
        clock);
  }

  @Override
  Map<String, String> stored(DocumentKind kind) throws IOException {
    Map<String, String> stored = new HashMap<>();
    Path file = folder.resolve("documents").resolve(NdjsonSink.fileName(kind));
    for (String line : Files.readAllLines(file)) {
      Matcher id = ID.matcher(line);
      stored.put(id.find() ? id.group(1) : line, line);
    }
    return stored;
  }
}
