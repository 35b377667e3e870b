package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** What holds for any bytes at all, however they arrive. */
final class FuzzedReading {
  private FuzzedReading() {}

  static void check(byte[] file) throws IOException {
    assertThat(read(file, 7)).isEqualTo(read(file, file.length));
  }

  private static Captures.Reading read(byte[] file, int most) throws IOException {
    try (BlockCursor in =
        new BlockCursor(
            Path.of("fuzzed"), new ArrayBytes(file, most), new SingleThreadBlocks(), 1024)) {
      PositionedReader reader = CaptureOpener.startReader(in);
      if (reader == null) {
        return new Captures.Reading(java.util.List.of(), 0, "");
      }
      Captures.Reading reading = Captures.read(reader);
      reading.packets().forEach(FuzzedReading::checkPacket);
      return reading;
    } catch (CaptureException e) {
      return new Captures.Reading(java.util.List.of(), 0, e.getMessage());
    }
  }

  private static void checkPacket(TestPacket packet) {
    assertThat(packet.bytes().length).isBetween(0, PcapReader.MAX_CAPTURED);
    assertThat(packet.originalLength()).isGreaterThanOrEqualTo(packet.bytes().length);
    assertThat(packet.nanos()).isBetween(0L, PacketTime.LATEST_NANOS);
    assertThat(packet.linkType()).isBetween(0, 0xFFFF);
  }
}
