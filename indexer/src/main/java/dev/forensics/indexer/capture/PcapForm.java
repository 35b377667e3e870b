package dev.forensics.indexer.capture;

/** What the heads of pcap records have in common: lengths that fit, and times near one another. */
final class PcapForm implements RecordForm {
  /** An original length that no link has; writers with another idea of it are not proved. */
  private static final int MOST_ORIGINAL = 1 << 24;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Seconds between a record and the one before the hole: 31 days. */
  private static final long NEAR_SECONDS = 31 * 86_400L;

  private static final long UNKNOWN = -1;

  private final PcapHeader header;
  private final int nanosPerTick;

  /** Time of the record that was read last, in seconds since 1970. */
  long lastSeconds = UNKNOWN;

  PcapForm(PcapHeader header, int nanosPerTick) {
    this.header = header;
    this.nanosPerTick = nanosPerTick;
  }

  @Override
  public int headBytes() {
    return header.recordHeaderBytes();
  }

  @Override
  public int length(byte[] block, int at) {
    boolean isBig = header.bigEndian();
    int first = ByteOrders.int32(block, at + 8, isBig);
    int second = ByteOrders.int32(block, at + 12, isBig);
    boolean isPlain = header.lengths() == PcapHeader.LengthOrder.CAPTURED_FIRST;
    int captured = isPlain ? first : Math.min(first, second);
    int original = isPlain ? second : Math.max(first, second);
    boolean fits =
        captured > 0
            && captured <= PcapReader.MAX_CAPTURED
            && captured <= original
            && original <= MOST_ORIGINAL;
    return fits && isTime(block, at) ? headBytes() + captured : 0;
  }

  private boolean isTime(byte[] block, int at) {
    long seconds = ByteOrders.int32(block, at, header.bigEndian()) & 0xFFFF_FFFFL;
    long fraction = ByteOrders.int32(block, at + 4, header.bigEndian()) & 0xFFFF_FFFFL;
    boolean isNear = lastSeconds == UNKNOWN || Math.abs(seconds - lastSeconds) <= NEAR_SECONDS;
    return isNear && fraction < NANOS_PER_SECOND / nanosPerTick;
  }

  @Override
  public boolean isWhole(byte[] block, int at, int length) {
    return true;
  }
}
