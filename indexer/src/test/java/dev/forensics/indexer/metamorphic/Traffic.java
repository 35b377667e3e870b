package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.capture.TestPacket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Packets in the order in which a sensor saw them.
 *
 * @param name where they come from, and what was done to them since
 */
record Traffic(String name, List<TestPacket> packets) {
  Traffic {
    packets = List.copyOf(packets);
  }

  /** All packets that can be read of captures, in the order of a run over them. */
  static Traffic of(String name, List<Path> captures) {
    CaptureListing listing = CaptureListing.of(captures);
    List<TestPacket> packets = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    try (MergedReader reader =
        new MergedReader(listing.ready(), new SingleThreadBlocks(), (index, problem) -> {})) {
      while (reader.next(record)) {
        packets.add(onOneInterface(TestPacket.copyOf(record)));
      }
    }
    return new Traffic(name, packets);
  }

  private static TestPacket onOneInterface(TestPacket p) {
    return new TestPacket(p.linkType(), 0, p.nanos(), p.originalLength(), p.bytes());
  }

  Traffic with(String change, List<TestPacket> changed) {
    return new Traffic(name + ", " + change, changed);
  }

  /** Each packet changed, or left as it is. */
  Traffic each(String change, UnaryOperator<TestPacket> how) {
    return with(change, packets.stream().map(how).toList());
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  long firstNanos() {
    return packets.stream().mapToLong(TestPacket::nanos).min().orElseThrow();
  }

  long lastNanos() {
    return packets.stream().mapToLong(TestPacket::nanos).max().orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
