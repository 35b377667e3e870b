package dev.forensics.indexer.capture;

import java.io.IOException;
import java.util.TreeSet;

/**
 * Looks at the times of packets at some places of a long pcapng, since a look at all of them would
 * cost a tenth of the reading: evenly spread, and ever closer to both ends, so that two sections
 * are both met unless one has less than 8 KB, or less than a hundredth of a file of many.
 */
final class SectionSamples {
  private static final int MAGIC = 0x1A2B3C4D;
  private static final int PLACES = 64;
  private static final long NEAREST_TO_END = 4 << 10;

  /** So far a place's next block may be: longer ones are not usual. */
  private static final int SEARCHED_BYTES = 256 << 10;

  /** So many blocks in a row are no chance. */
  private static final int CHAIN = 3;

  private static final int ENHANCED_PACKET = 6;
  private static final int TIME = 12;
  private static final int BLOCK_STEP = 4;

  private final BlockCursor in;
  private final PcapngForm form = new PcapngForm(new PcapngSection());

  private SectionSamples(BlockCursor in) {
    this.in = in;
  }

  /** True when one of the times is before that at an earlier place. */
  static boolean runBack(CaptureFile capture) throws IOException {
    try (FileBytes file = CaptureOpener.openFile(capture.path());
        BlockCursor in =
            new BlockCursor(
                capture.path(), file.again(), new SingleThreadBlocks(), BlockCursor.FETCH_BYTES)) {
      return new SectionSamples(in).runBack(file.size());
    }
  }

  private boolean runBack(long size) throws CaptureException {
    form.bigEndian = in.require(TIME) && ByteOrders.int32(in.block, in.cursor + 8, true) == MAGIC;
    long latest = Long.MIN_VALUE;
    for (long place : places(size)) {
      long time = timeBehind(place);
      if (time >= 0 && time < latest) {
        return true;
      }
      latest = Math.max(latest, time);
    }
    return false;
  }

  private static long[] places(long size) {
    TreeSet<Long> places = new TreeSet<>();
    for (int i = 0; i < PLACES; i++) {
      places.add(size / PLACES * i);
    }
    for (long near = NEAREST_TO_END; near < size; near *= 2) {
      places.add(near);
      places.add(size - near);
    }
    return places.stream().mapToLong(place -> place & -BLOCK_STEP).toArray();
  }

  /** The time of the first packet behind a place, in units of its interface; -1 without one. */
  private long timeBehind(long place) throws CaptureException {
    in.seek(place);
    for (int passed = 0; passed < SEARCHED_BYTES; passed += BLOCK_STEP) {
      if (!in.require(BLOCK_STEP)) {
        return -1;
      }
      if (isChain()) {
        return firstTime();
      }
      in.cursor += BLOCK_STEP;
    }
    return -1;
  }

  private boolean isChain() throws CaptureException {
    int at = 0;
    for (int i = 0; i < CHAIN; i++) {
      int length = blockAt(at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** The length of the block at this offset from the cursor; 0 when none begins there. */
  private int blockAt(int at) throws CaptureException {
    if (!in.require(at + PcapngForm.SMALLEST_BLOCK)) {
      return 0;
    }
    int length = form.length(in.block, in.cursor + at);
    boolean isShort = length > 0 && length <= SEARCHED_BYTES && in.require(at + length);
    return isShort && form.isWhole(in.block, in.cursor + at, length) ? length : 0;
  }

  private long firstTime() throws CaptureException {
    for (int length = blockAt(0); length > 0; length = blockAt(0)) {
      boolean isPacket = ByteOrders.int32(in.block, in.cursor, form.bigEndian) == ENHANCED_PACKET;
      if (isPacket && length > TIME + Long.BYTES) {
        long high = ByteOrders.int32(in.block, in.cursor + TIME, form.bigEndian) & 0x7FFF_FFFFL;
        long low = ByteOrders.int32(in.block, in.cursor + TIME + 4, form.bigEndian) & 0xFFFF_FFFFL;
        return high << 32 | low;
      }
      in.cursor += length;
    }
    return -1;
  }
}
