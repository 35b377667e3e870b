package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.RecordFetcher;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.decode.DecodedPacket;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One way through one capture, from its beginning to the last record that somebody wants. Plain
 * pcap is read only where wanted records lie, and so is plain pcapng whose sections are known.
 */
final class CapturePass implements Closeable {
  private final CaptureFile file;
  private final int number;
  private final List<Want> wants;
  private final SpanFilter filter;
  private final RecordFetcher fetcher;
  private final PacketRecord record = new PacketRecord();
  private final List<Want> takers = new ArrayList<>();
  private List<PacketRecord> fragments = List.of();
  private boolean goesOn;

  /**
   * Opens the capture.
   *
   * @param number of the capture among those of the copy
   * @param filter shared by the copy's captures
   */
  CapturePass(CaptureFile file, int number, List<Want> wants, SpanFilter filter)
      throws CaptureException {
    this.file = file;
    this.number = number;
    this.wants = wants;
    this.filter = filter;
    fetcher = file.fetcher(new SingleThreadBlocks());
  }

  /** Packet time of the record that was reached. */
  long timeNanos() {
    return record.timestampNanos;
  }

  /**
   * Goes to the next record that somebody wants.
   *
   * @return false when there is none
   */
  boolean advance() throws CaptureException {
    takers.clear();
    while (takers.isEmpty() && read()) {
      choose();
    }
    return !takers.isEmpty();
  }

  private boolean read() throws CaptureException {
    if (goesOn) {
      return fetcher.next(record);
    }
    long target = Want.NONE;
    long section = PacketRecord.NO_SECTION;
    for (Want want : wants) {
      if (want.next() <= target) {
        section = want.next() < target ? want.section() : Math.max(section, want.section());
        target = want.next();
      }
    }
    if (target == Want.NONE) {
      return false;
    }
    if (target == 0) {
      return fetcher.next(record);
    }
    fetcher.fetch(target, section, record);
    return true;
  }

  private void choose() {
    long position = record.position;
    boolean decodes = false;
    for (Want want : wants) {
      decodes |= want.needsDecoding(position);
    }
    DecodedPacket decoded = decodes ? filter.decode(record, number) : null;
    goesOn = false;
    for (Want want : wants) {
      if (want.takes(record, decoded)) {
        takers.add(want);
      }
      goesOn |= want.goesOnBehind(position);
      want.passed(position);
    }
    if (decoded != null && decoded.reassembled) {
      fragments = filter.earlierFragments(number);
    }
  }

  /** Gives the record that was reached to those who want it. */
  void deliver() throws IOException {
    for (Want taker : takers) {
      for (PacketRecord fragment : fragments) {
        if (!taker.lists(fragment.position)) {
          taker.flow().write(fragment);
        }
      }
      taker.flow().write(record);
    }
    fragments = List.of();
  }

  /** Counts what was not reached. */
  void finish(String why) {
    for (Want want : wants) {
      if (want.left() > 0) {
        want.flow().lost(want.left(), want.left() + " packets cannot be had any more: " + why);
      }
    }
  }

  CaptureFile file() {
    return file;
  }

  @Override
  public void close() {
    try {
      fetcher.close();
    } catch (IOException e) {
      // It was only read; what was read is good.
      goesOn = false;
    }
  }
}
