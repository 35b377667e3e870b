package dev.forensics.indexer.kibana;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the samples do not have and the pack has panels for, made from a sample: TLS on an odd port,
 * packets cut short, and a capture that cannot be read to its end.
 */
final class RareCaptures {
  private static final Path TLS = Path.of("../samples/recorded/tls-443.pcap");
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int HTTPS = 443;
  private static final int ODD = 44_300;

  private RareCaptures() {}

  /** Writes them into a folder and gives it back. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] capture = Files.readAllBytes(TLS);
    Files.write(folder.resolve("odd-port.pcap"), oddPort(capture));
    Files.write(folder.resolve("broken.pcap"), broken(capture));
    return folder;
  }

  /** Port 443 becomes another in every packet; a last packet breaks off in its IP header. */
  private static byte[] oddPort(byte[] capture) {
    ByteBuffer whole = ByteBuffer.wrap(capture.clone()).order(order(capture));
    int at = FILE_HEADER;
    int first = whole.getInt(at + 8) + RECORD_HEADER;
    while (at + RECORD_HEADER <= capture.length) {
      int length = whole.getInt(at + 8);
      int tcp = at + RECORD_HEADER + 14 + 20;
      for (int port = tcp; port <= tcp + 2; port += 2) {
        if ((whole.array()[port] & 0xFF) == HTTPS >> 8
            && (whole.array()[port + 1] & 0xFF) == (HTTPS & 0xFF)) {
          whole.array()[port] = (byte) (ODD >> 8);
          whole.array()[port + 1] = (byte) ODD;
        }
      }
      at += RECORD_HEADER + length;
    }
    int cut = RECORD_HEADER + 20;
    ByteBuffer longer = ByteBuffer.allocate(capture.length + cut).order(whole.order());
    longer.put(whole.array()).put(whole.array(), FILE_HEADER, Math.min(cut, first));
    longer.putInt(capture.length + 8, cut - RECORD_HEADER);
    return longer.array();
  }

  /** Its second record says that it is 1 GB long. */
  private static byte[] broken(byte[] capture) {
    ByteBuffer whole = ByteBuffer.wrap(capture.clone()).order(order(capture));
    int second = FILE_HEADER + RECORD_HEADER + whole.getInt(FILE_HEADER + 8);
    whole.putInt(second + 8, 1 << 30);
    // another first packet, so that it is not taken for the same capture
    whole.array()[FILE_HEADER + RECORD_HEADER + 5] ^= 1;
    return whole.array();
  }

  private static ByteOrder order(byte[] capture) {
    boolean little = (capture[0] & 0xFF) == 0xD4 || (capture[0] & 0xFF) == 0x4D;
    return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
