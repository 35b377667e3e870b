package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.Compression;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.RecordFetcher;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.decode.TunnelPorts;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records at the places where flows have theirs, of a file that may be the capture. A
 * file with the same beginning need not be the same further on, so nothing but the record itself
 * tells whose it is.
 */
final class RecordCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RecordCheck.class);

  /** Places without a record that are passed over; a file with more of them is another one. */
  private static final int MOST_FAULTS = 16;

  private final CaptureFile file;
  private final List<PartCheck> parts;
  private final PacketDecoder decoder;
  private final DecodedPacket packet = new DecodedPacket();
  private final PacketRecord record = new PacketRecord();

  private RecordCheck(CaptureFile file, List<PartCheck> parts) {
    this.file = file;
    this.parts = parts;
    TunnelPorts tunnels =
        parts.stream().map(PartCheck::tunnels).reduce(TunnelPorts.NONE, TunnelPorts::with);
    decoder = new PacketDecoder(tunnels);
  }

  /** Looks at all places of the parts, in one way through the file. */
  static void of(CaptureFile file, List<PartCheck> parts) {
    RecordCheck check = new RecordCheck(file, parts);
    long[] places =
        parts.stream()
            .flatMapToLong(part -> java.util.Arrays.stream(part.places()))
            .sorted()
            .distinct()
            .toArray();
    int next = 0;
    int faults = 0;
    while (next < places.length && faults < MOST_FAULTS) {
      int reached = check.lookFrom(places, next);
      boolean isDamage = reached == next;
      if (file.compression() != Compression.NONE) {
        return; // what is behind the damage cannot be had
      }
      faults++;
      next = isDamage ? reached + 1 : reached;
    }
  }

  /**
   * Number of the place that could not be read; it may be readable when nothing before it is read,
   * since what was taken for a record there may have reached over it.
   */
  private int lookFrom(long[] places, int first) {
    int at = first;
    try (RecordFetcher fetcher = file.fetcher(new SingleThreadBlocks())) {
      for (; at < places.length; at++) {
        fetcher.fetch(places[at], section(places[at]), record);
        tell();
      }
    } catch (CaptureException e) {
      LOG.debug("no record where one was: {}", e.getMessage());
    } catch (IOException e) {
      LOG.debug("a file that was only read cannot be closed: {}", e.getMessage());
    }
    return at;
  }

  private long section(long place) {
    long section = PacketRecord.NO_SECTION;
    for (PartCheck part : parts) {
      section = Math.max(section, part.section(place));
    }
    return section;
  }

  private void tell() {
    if (decoder.decode(record, packet)) {
      parts.forEach(part -> part.saw(record, packet));
    } else if (packet.stopReason == StopReason.FRAGMENT_HELD) {
      parts.forEach(part -> part.sawFragment(record, packet));
    } else {
      parts.forEach(part -> part.sawOther(record));
    }
  }
}
