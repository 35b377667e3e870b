package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.PcapngWriter;
import dev.forensics.indexer.capture.TestPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** How packets are laid down in files. */
@FunctionalInterface
interface Storing {
  /** One pcapng with nanosecond times, of any link types: what everything else is compared with. */
  Storing PLAIN = packets -> List.of(pcapng(packets));

  /** The files' content; each is a capture. */
  List<byte[]> files(List<TestPacket> packets);

  static byte[] pcapng(List<TestPacket> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "")) {
      for (TestPacket packet : packets) {
        writer.write(packet.toRecord());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
