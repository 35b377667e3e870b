package dev.forensics.indexer.live;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A captured packet.
 *
 * @param nanos packet time
 * @param content its captured bytes
 */
record LivePacket(long nanos, ByteBuffer content) {
  /** The packets of one finished file. */
  static List<LivePacket> read(Path file) throws IOException {
    List<LivePacket> packets = new ArrayList<>();
    if (read(file, packets) != 0) {
      throw new IOException(file + " ends within a record");
    }
    return packets;
  }

  /** How many complete packets are in a file, or in a folder's files, that may still grow. */
  static int countGrowing(Path place) throws IOException {
    List<LivePacket> packets = new ArrayList<>();
    for (Path file : Files.isDirectory(place) ? files(place) : List.of(place)) {
      read(file, packets);
    }
    return packets.size();
  }

  /** Returns the bytes of an incomplete record at the end. */
  private static long read(Path file, List<LivePacket> into) throws IOException {
    CaptureFile capture = CaptureFile.probe(file).capture().orElse(null);
    if (capture == null) {
      return 0; // without a packet
    }
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = capture.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        byte[] copy = new byte[record.capturedLength];
        System.arraycopy(record.buffer, record.offset, copy, 0, copy.length);
        into.add(new LivePacket(record.timestampNanos, ByteBuffer.wrap(copy)));
      }
      return reader.trailingBytes();
    }
  }

  /** The packets of all files of a folder, by file name. */
  static List<LivePacket> readAll(Path folder) throws IOException {
    List<LivePacket> packets = new ArrayList<>();
    for (Path file : files(folder)) {
      packets.addAll(read(file));
    }
    return packets;
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The number of a numbered packet, which comes in Ethernet, IPv4 and UDP. */
  int number() {
    int payload = 14 + 20 + 8;
    if (content.getInt(payload) != NumberedPackets.MAGIC) {
      throw new IllegalStateException("no numbered packet");
    }
    return content.getInt(payload + 4);
  }
}
