package dev.forensics.indexer.capture;

/**
 * Identity of a capture by content: the same for a renamed, moved or compressed copy and while the
 * file grows, different for a new capture under an old name.
 *
 * @param value 32 lower-case hex digits
 */
public record CaptureId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
