package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The packets of a file of evidence, counted.
 *
 * @param count all of them
 * @param foreign those that are not the flow's
 */
record StoredRecords(long count, long foreign) {
  /**
   * Reads a file.
   *
   * @param flow whose packets they have to be
   * @throws IOException when it cannot be read to its end
   */
  static StoredRecords read(Path path, FlowSelection flow) throws IOException {
    Optional<CaptureFile> file = CaptureFile.probe(path).capture();
    if (file.isEmpty()) {
      return new StoredRecords(0, 0);
    }
    long[] positions = positions(file.get());
    Part all = new Part(null, file.get(), positions, List.of(), sections(file.get()), 0);
    PartCheck check = new PartCheck(flow, all);
    RecordCheck.of(file.get(), List.of(check));
    Part left = check.left();
    return new StoredRecords(positions.length, left == null ? 0 : left.positions().length);
  }

  private static long[] positions(CaptureFile file) throws IOException {
    LongStream.Builder positions = LongStream.builder();
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        positions.add(record.position);
      }
      if (reader.trailingBytes() > 0) {
        throw new IOException(file.path() + ": its last record is cut off");
      }
    }
    return positions.build().toArray();
  }

  /** Evidence is one section. */
  private static long[] sections(CaptureFile file) throws IOException {
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      return reader.next(record) ? new long[] {record.section} : new long[0];
    }
  }
}
