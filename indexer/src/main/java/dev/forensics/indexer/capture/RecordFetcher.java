package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads single records of a capture by their positions, in ascending order; this is how the packets
 * of a flow are cut out. Plain pcap is read only where the records lie, and so is plain pcapng when
 * the records' sections are known; otherwise it is walked through once up to the last position. A
 * compressed capture is decompressed up to there.
 *
 * <p>Made by {@link CaptureFile#fetcher}. Not thread-safe.
 */
public final class RecordFetcher implements Closeable {
  private final PositionedReader reader;
  private long asked = -1;
  private long next;

  RecordFetcher(PositionedReader reader) {
    this.reader = reader;
  }

  /**
   * Reads the record at a position.
   *
   * @param position a {@link PacketRecord#position} of this capture, behind the one asked for last
   * @param section its {@link PacketRecord#section}, NO_SECTION when it is not known
   * @param into filled; its buffer is valid as its {@link BlockPool} says, with {@link
   *     SingleThreadBlocks} until the next call
   * @throws CaptureException when no record lies there, the one before reaches over it, or the
   *     capture is broken before it
   */
  public void fetch(long position, long section, PacketRecord into) throws CaptureException {
    if (position <= asked) {
      throw new IllegalArgumentException(
          "positions have to ascend: %d is not behind %d".formatted(position, asked));
    }
    asked = position;
    if (position < next) {
      throw reader.fault(position, "no record begins here, it is within another one");
    }
    reader.approach(position, section);
    do {
      if (!reader.next(into)) {
        throw reader.fault(position, "no record here, the capture ends before");
      }
    } while (into.position < position);
    if (into.position != position) {
      throw reader.fault(position, "no record begins here");
    }
    next = reader.position();
  }

  /**
   * Reads the record behind the one asked for last, at first the capture's first one.
   *
   * @param into filled as by {@link #fetch} when the answer is true
   * @return false when the capture ends here
   * @throws CaptureException when the capture is broken here
   */
  public boolean next(PacketRecord into) throws CaptureException {
    if (!reader.next(into)) {
      return false;
    }
    asked = into.position;
    next = reader.position();
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
