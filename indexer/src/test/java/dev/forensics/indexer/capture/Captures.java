package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Short ways to files and records for tests. */
final class Captures {
  private Captures() {}

  /** What a file gave until its end or its fault. */
  record Reading(List<TestPacket> packets, long trailingBytes, String fault) {}

  static CaptureFile write(Path path, byte[] file) throws IOException {
    Files.write(path, file);
    return CaptureFile.probe(path).capture().orElseThrow();
  }

  static Reading read(CaptureFile capture) throws IOException {
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      return read(reader);
    }
  }

  static Reading read(CaptureReader reader) {
    List<TestPacket> packets = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    try {
      while (reader.next(record)) {
        packets.add(TestPacket.copyOf(record));
      }
    } catch (CaptureException e) {
      return new Reading(packets, 0, e.getMessage());
    }
    return new Reading(packets, reader.trailingBytes(), "");
  }
}
