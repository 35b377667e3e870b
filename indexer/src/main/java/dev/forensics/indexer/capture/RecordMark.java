package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * The record of a capture that was read last, in a few numbers: a file that has it at the same
 * place, or as the same one from the beginning, is the same capture as far as that.
 *
 * @param number of the record, from 1
 * @param position {@link PacketRecord#position}
 * @param section {@link PacketRecord#section}
 * @param timestampNanos packet time
 * @param capturedLength bytes stored
 * @param originalLength bytes on the wire
 */
public record RecordMark(
    long number,
    long position,
    long section,
    long timestampNanos,
    int capturedLength,
    int originalLength) {
  private static final int NUMBERS = 6;

  /** Whether a file has the record. */
  public enum Found {
    /** It has it. */
    YES,
    /** It has another one instead. */
    NO,
    /** It ends, or is broken, before. */
    ENDS_BEFORE
  }

  /** In one line, for the ledger. */
  public String text() {
    StringJoiner text = new StringJoiner(":");
    text.add(Long.toString(number)).add(Long.toString(position)).add(Long.toString(section));
    text.add(Long.toString(timestampNanos)).add(Integer.toString(capturedLength));
    return text.add(Integer.toString(originalLength)).toString();
  }

  /** Reads the line; null when it is none. */
  public static RecordMark parse(String text) {
    try {
      long[] n = Arrays.stream(text.split(":", -1)).mapToLong(Long::parseLong).toArray();
      return n.length == NUMBERS
          ? new RecordMark(n[0], n[1], n[2], n[3], Math.toIntExact(n[4]), Math.toIntExact(n[5]))
          : null;
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Looks for the record in a file. Plain files are read at its place only, unless another one
   * stands there; otherwise all before it is read.
   */
  public Found in(CaptureFile file) {
    return file.compression() == Compression.NONE && isAtItsPlace(file) ? Found.YES : count(file);
  }

  private boolean isAtItsPlace(CaptureFile file) {
    PacketRecord record = new PacketRecord();
    try (RecordFetcher fetcher = file.fetcher(new SingleThreadBlocks())) {
      fetcher.fetch(position, section, record);
      return is(record);
    } catch (IOException e) {
      return false;
    }
  }

  private Found count(CaptureFile file) {
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      for (long i = 0; i < number; i++) {
        if (!reader.next(record)) {
          return Found.ENDS_BEFORE;
        }
      }
      return is(record) ? Found.YES : Found.NO;
    } catch (IOException e) {
      return Found.ENDS_BEFORE;
    }
  }

  private boolean is(PacketRecord record) {
    return record.timestampNanos == timestampNanos
        && record.capturedLength == capturedLength
        && record.originalLength == originalLength;
  }
}
