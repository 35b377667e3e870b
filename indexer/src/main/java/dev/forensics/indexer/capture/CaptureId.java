package dev.forensics.indexer.capture;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity of a capture by content: the same for a renamed, moved or compressed copy and while the
 * file grows, different for a new capture under an old name.
 *
 * @param value 32 lower-case hex digits
 */
public record CaptureId(String value) {
  private static final int DIGEST_BYTES_KEPT = 16;

  /**
   * The identity of the capture whose first record this is: the first half of the SHA-256 over link
   * type, time in nanoseconds, captured and original length (big-endian, 4, 8, 4 and 4 bytes) and
   * the captured bytes. The file header does not count, since converting a file changes it.
   */
  static CaptureId of(PacketRecord first) {
    ByteBuffer facts = ByteBuffer.allocate(20);
    facts.putInt(first.linkType).putLong(first.timestampNanos);
    facts.putInt(first.capturedLength).putInt(first.originalLength);
    MessageDigest digest = sha256();
    digest.update(facts.array());
    digest.update(first.buffer, first.offset, first.capturedLength);
    return new CaptureId(HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES_KEPT));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
