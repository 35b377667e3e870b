package dev.forensics.indexer.capture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a look at the beginning of a file found.
 *
 * @param path the file
 * @param state how far the file is
 * @param capture present exactly when the state is {@link State#READY}
 * @param isBehindHole its first packet stands behind zeros that may be filled yet
 */
public record CaptureProbe(
    Path path, State state, Optional<CaptureFile> capture, boolean isBehindHole) {
  /** How much of a capture is there. */
  public enum State {
    /** No byte yet. */
    EMPTY,
    /** No complete packet yet: a header, a part of one, or a part of the first packet. */
    NO_PACKET,
    /** At least one packet can be read. */
    READY
  }

  static CaptureProbe without(Path path, State state) {
    return new CaptureProbe(path, state, Optional.empty(), false);
  }
}
