package dev.forensics.indexer.kibana;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the samples do not have and the pack has panels for, made from a sample: a capture that
 * cannot be read to its end.
 */
final class RareCaptures {
  private static final Path TLS = Path.of("../samples/recorded/tls-443.pcap");
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private RareCaptures() {}

  /** Writes them into a folder and gives it back. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("broken.pcap"), broken(Files.readAllBytes(TLS)));
    return folder;
  }

  /** No record can be read or proved behind its first one. */
  private static byte[] broken(byte[] capture) {
    ByteBuffer whole = ByteBuffer.wrap(capture.clone()).order(order(capture));
    int second = FILE_HEADER + RECORD_HEADER + whole.getInt(FILE_HEADER + 8);
    Arrays.fill(whole.array(), second, whole.capacity(), (byte) 0x7F);
    // another first packet, so that it is not taken for the same capture
    whole.array()[FILE_HEADER + RECORD_HEADER + 5] ^= 1;
    return whole.array();
  }

  private static ByteOrder order(byte[] capture) {
    boolean little = (capture[0] & 0xFF) == 0xD4 || (capture[0] & 0xFF) == 0x4D;
    return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
