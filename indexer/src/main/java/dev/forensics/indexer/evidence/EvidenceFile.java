package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * The stored packets of an alarm.
 *
 * @param path the pcapng
 * @param label what stands beside it
 */
record EvidenceFile(Path path, EvidenceLabel label) {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Opens the file after its hash was compared with the one beside it. What is read is what was
   * compared, even when the file is replaced meanwhile.
   *
   * @throws IOException when the hash differs
   */
  InputStream open() throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      String hash = hash(channel);
      if (!hash.equals(label.sha256())) {
        throw new IOException(
            path + ": has been changed since it was stored: its SHA-256 is " + hash);
      }
      return Channels.newInputStream(channel.position(0));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String hash(FileChannel channel) throws IOException {
    MessageDigest digest = EvidenceLabel.sha256Digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return EvidenceLabel.hex(digest);
  }
}
