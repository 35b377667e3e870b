package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.capture.PcapngWriter;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * An Ethernet frame with its time, in a form that is easily compared.
 *
 * @param nanos packet time
 * @param hex its bytes
 */
record TestFrame(long nanos, String hex) {
  static TestFrame of(long nanos, PacketBuilder packet) {
    return new TestFrame(nanos, HexFormat.of().formatHex(packet.build()));
  }

  private PacketRecord toRecord() {
    return PacketBuilder.record(HexFormat.of().parseHex(hex), nanos);
  }

  /** Short enough for a list of hundreds. */
  @Override
  public String toString() {
    return (nanos - TestTraffic.START) / 1000 + " us: " + hex.length() / 2 + " bytes";
  }

  /** Sorted by time. */
  static List<TestFrame> merged(List<TestFrame> some, List<TestFrame> others) {
    return merged(some, others, List.of());
  }

  /** Sorted by time. */
  static List<TestFrame> merged(
      List<TestFrame> some, List<TestFrame> others, List<TestFrame> more) {
    return Stream.of(some, others, more)
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(TestFrame::nanos))
        .toList();
  }

  /** Writes a capture: pcapng when the name ends so, else pcap with nanoseconds. */
  static Path write(Path path, List<TestFrame> frames) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      if (path.toString().endsWith(".pcapng")) {
        PcapngWriter writer = new PcapngWriter(out, "");
        for (TestFrame frame : frames) {
          writer.write(frame.toRecord());
        }
      } else {
        PcapWriter writer = new PcapWriter(out, PacketBuilder.ETHERNET);
        for (TestFrame frame : frames) {
          writer.write(frame.toRecord());
        }
      }
    }
    return path;
  }

  /** What a capture holds. */
  static List<TestFrame> read(Path path) throws IOException {
    List<TestFrame> frames = new ArrayList<>();
    CaptureFile file = CaptureFile.probe(path).capture().orElse(null);
    if (file == null) {
      return frames;
    }
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        int end = record.offset + record.capturedLength;
        frames.add(
            new TestFrame(
                record.timestampNanos,
                HexFormat.of().formatHex(record.buffer, record.offset, end)));
      }
    }
    return frames;
  }

  /** Compresses a capture in place of the original, as tcpdump's "-z gzip" does. */
  static Path gzip(Path plain) throws IOException {
    Path compressed = plain.resolveSibling(plain.getFileName() + ".gz");
    try (InputStream in = Files.newInputStream(plain);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      in.transferTo(out);
    }
    Files.delete(plain);
    return compressed;
  }
}
