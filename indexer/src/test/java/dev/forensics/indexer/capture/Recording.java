package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Notes what a merged reader tells of its captures, and what it reads of them. */
final class Recording implements CaptureFailureListener {
  final List<CaptureDamage> damages = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  final List<String> oddities = new ArrayList<>();

  /** Captures that ended amid a record. */
  int cut;

  @Override
  public void captureFailed(int index, CaptureException problem) {
    failures.add(problem.getMessage());
  }

  @Override
  public void captureDamaged(int index, CaptureDamage damage) {
    damages.add(damage);
  }

  @Override
  public void captureOdd(int index, String words) {
    oddities.add(words);
  }

  /** Forgets what was told so far. */
  void clear() {
    damages.clear();
    failures.clear();
    oddities.clear();
    cut = 0;
  }

  /** A reader that follows growing captures. */
  MergedReader following() {
    return new MergedReader(new SingleThreadBlocks(), this, true, new TrafficClock());
  }

  /** All packets of captures. */
  List<TestPacket> readAll(CaptureFile... captures) {
    try (MergedReader reader =
        new MergedReader(List.of(captures), new SingleThreadBlocks(), this)) {
      List<TestPacket> packets = drain(reader);
      for (int i = 0; i < captures.length; i++) {
        cut += reader.captures().trailingBytes(i) > 0 ? 1 : 0;
      }
      return packets;
    }
  }

  /** All packets that a reader has for now. */
  static List<TestPacket> drain(MergedReader reader) {
    List<TestPacket> packets = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    while (reader.next(record)) {
      packets.add(TestPacket.copyOf(record));
    }
    return packets;
  }

  /** Where the records of a sound file begin, and where the last one ends. */
  static List<Integer> borders(Path path, byte[] file) throws IOException {
    List<Integer> borders = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = Captures.write(path, file).open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        borders.add(Math.toIntExact(record.position));
      }
      borders.add(Math.toIntExact(reader.position()));
    }
    return borders;
  }
}
