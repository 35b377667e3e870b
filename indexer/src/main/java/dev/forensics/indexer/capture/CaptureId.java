package dev.forensics.indexer.capture;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity of a capture by content: the same for a renamed, moved or compressed copy and while the
 * file grows, different for a new capture under an old name.
 *
 * <p>It is made of the first record. Captures that share it are a group: the first of them that a
 * sensor meets has the group's id, each other one an id that adds the number of the first record at
 * which it differs, and that record's print.
 *
 * @param value 32 lower-case hex digits; those, the record's number from 2 on and 16 hex digits,
 *     with hyphens between them
 */
public record CaptureId(String value) {
  private static final int DIGEST_BYTES_KEPT = 16;
  private static final int GROUP_DIGITS = 2 * DIGEST_BYTES_KEPT;
  private static final int PRINT_DIGITS = 16;

  // Written out, since what Java makes of a record for them costs every start milliseconds.
  @Override
  public boolean equals(Object other) {
    return other instanceof CaptureId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** What all captures with this one's first record have in common. */
  public CaptureId group() {
    return value.length() <= GROUP_DIGITS ? this : new CaptureId(value.substring(0, GROUP_DIGITS));
  }

  /** True when another capture had the group's id before. */
  public boolean isBesideAnother() {
    return value.length() > GROUP_DIGITS;
  }

  /** Number of the record that tells it from the others of its group; 1 for the first record. */
  public long tellingRecord() {
    return isBesideAnother()
        ? Long.parseLong(value.substring(GROUP_DIGITS + 1, value.lastIndexOf('-')))
        : 1;
  }

  /**
   * The identity of another capture of this group.
   *
   * @param number of the record, from 1, at which it differs
   * @param print of that record
   */
  public CaptureId beside(long number, String print) {
    return new CaptureId(group().value + "-" + number + "-" + print);
  }

  /** 16 hex digits that stand for a record, whatever the file that it is in. */
  static String print(PacketRecord record) {
    return of(record).value.substring(0, PRINT_DIGITS);
  }

  /**
   * Whether a capture may be the one of this identity; several may be of a group's.
   *
   * @param records from its beginning
   */
  boolean mayBe(CaptureReader records) throws CaptureException {
    PacketRecord record = new PacketRecord();
    if (!records.next(record) || !of(record).equals(group())) {
      return false;
    }
    long telling = tellingRecord();
    for (long number = 2; number <= telling; number++) {
      if (!records.next(record)) {
        return false;
      }
    }
    return telling == 1 || value.endsWith("-" + print(record));
  }

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
