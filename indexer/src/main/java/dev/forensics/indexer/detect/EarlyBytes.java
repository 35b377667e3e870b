package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.flow.Direction;

/**
 * What one direction sent behind its part of a handshake before the other side answered: kept, so
 * that it is read only when the answer allows it. Bounded.
 */
public final class EarlyBytes {
  /** Most that is kept. */
  public static final int LIMIT = 16_384;

  /** Takes what was kept, as {@link ProtocolParser#payload} does. */
  public interface Taker {
    /** Takes bytes; the buffer is valid during the call only. */
    boolean take(Direction direction, byte[] buffer, int offset, int length, long timestampNanos);
  }

  private final ByteAssembly bytes = new ByteAssembly(LIMIT);
  private Direction direction;
  private long nanos;
  private boolean broken;

  /**
   * Keeps bytes.
   *
   * @return how many were taken; the rest does not fit, or stands behind a gap
   */
  public int add(Direction from, byte[] buffer, int offset, int length, long timestampNanos) {
    if (broken) {
      return 0;
    }
    if (bytes.length() == 0) {
      direction = from;
      nanos = timestampNanos;
    }
    return bytes.add(buffer, offset, length);
  }

  /** Bytes are missing behind what is kept: nothing is added any more. */
  public void gap() {
    broken = true;
  }

  /** The first byte kept; -1 when there is none. */
  public int first() {
    return bytes.length() == 0 ? -1 : bytes.bytes()[0] & 0xFF;
  }

  /** Memory of what is kept. */
  public int keptBytes() {
    return bytes.bytes().length;
  }

  /**
   * Hands over what was kept, and forgets it.
   *
   * @return false when the taker does not want more of the direction, or bytes are missing now
   */
  public boolean deliver(Taker taker) {
    boolean wanted = true;
    if (bytes.length() > 0) {
      byte[] kept = bytes.bytes();
      int length = bytes.length();
      bytes.release();
      wanted = taker.take(direction, kept, 0, length, nanos);
    }
    return wanted && !broken;
  }

  /** Forgets what was kept. */
  public void drop() {
    bytes.release();
  }
}
