package dev.forensics.indexer.capture;

/**
 * The unit of the sub-second field of pcap records. Some writers store nanoseconds under the magic
 * number of microseconds. A file's first {@link #RECORDS} records decide: when the field of half of
 * them or more is no microsecond, all of the file is read as nanoseconds. In any other file a
 * single record with such a field is read as nanoseconds alone. A record behind which none can
 * stand does not decide: it may have been read from a wrong place.
 *
 * <p>A field of up to two seconds of microseconds is added as it stands, since writers that add a
 * correction may leave a second there; of nanoseconds, one in 500 looks like that.
 */
final class SubSeconds {
  /** Records that decide. */
  static final int RECORDS = 8;

  static final String WORDS =
      "the sub-second fields hold nanoseconds, though the file says microseconds: read as nanoseconds";

  private static final int MOST_MICROSECONDS = 2_000_000;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** How far is looked for the first records. */
  private static final int LOOK_BYTES = 64 * 1024;

  private SubSeconds() {}

  /** True when a sub-second field can only be one of nanoseconds. */
  static boolean areNanos(long fraction) {
    return fraction >= MOST_MICROSECONDS && fraction < NANOS_PER_SECOND;
  }

  /** Looks at the records from the cursor on, and leaves it there. */
  static boolean areNanos(BlockCursor in, PcapHeader header) {
    int records = 0;
    int nanos = 0;
    int latest = 0;
    int at = 0;
    while (records < RECORDS && at < LOOK_BYTES && has(in, at + header.recordHeaderBytes())) {
      int begin = in.cursor + at;
      int first = ByteOrders.int32(in.block, begin + 8, header.bigEndian());
      int second = ByteOrders.int32(in.block, begin + 12, header.bigEndian());
      boolean isPlain = header.lengths() == PcapHeader.LengthOrder.CAPTURED_FIRST;
      int captured = isPlain ? first : Math.min(first, second);
      if (captured <= 0 || captured > PcapReader.MAX_CAPTURED) {
        break;
      }
      long fraction = ByteOrders.int32(in.block, begin + 4, header.bigEndian()) & 0xFFFF_FFFFL;
      latest = areNanos(fraction) ? 1 : 0;
      nanos += latest;
      records++;
      at += header.recordHeaderBytes() + captured;
    }
    boolean isEnd = at > 0 && at < LOOK_BYTES && has(in, at) && !has(in, at + 1);
    if (records > 1 && records < RECORDS && !isEnd) {
      records--;
      nanos -= latest;
    }
    return nanos > 0 && 2 * nanos >= records;
  }

  private static boolean has(BlockCursor in, int bytes) {
    try {
      return in.require(bytes);
    } catch (CaptureException e) {
      return false; // reading meets it again in its turn
    }
  }
}
