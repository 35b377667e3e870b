package dev.forensics.indexer.capture;

/**
 * One interface of a pcapng section (draft-ietf-opsawg-pcapng section 4.2), with what turns its
 * time stamps into nanoseconds.
 *
 * <p>if_tsresol: the lower 7 bits are a negative exponent, of 10 when the top bit is 0, of 2 when
 * it is 1; 6 (microseconds) when absent. if_tsoffset: seconds to add, signed. Results are kept in
 * the range of {@link PacketTime}.
 */
final class PcapngInterface {
  /** The resolution when an interface states none. */
  static final int MICROSECONDS = 6;

  private static final int NANO_EXPONENT = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  final int linkType;

  /** Bytes kept of each packet; 0 for no limit; unsigned. */
  final int snapLength;

  private final int resolution;
  private final long offsetNanos;

  /** Nanoseconds of one tick where that is a whole number, otherwise 0. */
  private final long multiplier;

  private final long mostTicks;

  /**
   * @param resolution the if_tsresol byte, 0..255
   * @param offsetSeconds if_tsoffset
   */
  PcapngInterface(int linkType, int snapLength, int resolution, long offsetSeconds) {
    this.linkType = linkType;
    this.snapLength = snapLength;
    this.resolution = resolution;
    offsetNanos = PacketTime.secondsToNanos(offsetSeconds);
    multiplier = resolution <= NANO_EXPONENT ? power10(NANO_EXPONENT - resolution) : 0;
    mostTicks = multiplier == 0 ? -1 : PacketTime.LATEST_NANOS / multiplier;
  }

  /** An interface as it is without options. */
  PcapngInterface(int linkType, int snapLength) {
    this(linkType, snapLength, MICROSECONDS, 0);
  }

  /** Packet time in nanoseconds; the ticks are unsigned. */
  long nanos(long ticks) {
    if (offsetNanos == 0 && ticks >= 0 && ticks <= mostTicks) {
      return ticks * multiplier;
    }
    // Both are within half the range of a long, so the sum cannot overflow.
    return PacketTime.clamp(scaled(ticks) + offsetNanos);
  }

  private long scaled(long ticks) {
    if (multiplier != 0) {
      boolean fits = ticks >= 0 && ticks <= mostTicks;
      return fits ? ticks * multiplier : PacketTime.LATEST_NANOS;
    }
    boolean binary = (resolution & 0x80) != 0;
    return binary ? fromBinary(ticks, resolution & 0x7F) : fromFiner(ticks);
  }

  /** Decimal and finer than a nanosecond. */
  private long fromFiner(long ticks) {
    int exponent = resolution - NANO_EXPONENT;
    // 10^20 is more than any 64-bit count of ticks.
    return exponent > 19 ? 0 : clampUnsigned(Long.divideUnsigned(ticks, power10(exponent)));
  }

  /** ticks * 10^9 / 2^exponent in 128 bits. */
  private static long fromBinary(long ticks, int exponent) {
    long high = Math.multiplyHigh(ticks, NANOS_PER_SECOND);
    if (ticks < 0) {
      high += NANOS_PER_SECOND;
    }
    long low = ticks * NANOS_PER_SECOND;
    if (exponent >= Long.SIZE) {
      return high >>> (exponent - Long.SIZE);
    }
    if (exponent == 0) {
      return high != 0 ? PacketTime.LATEST_NANOS : clampUnsigned(low);
    }
    boolean fits = high >>> exponent == 0;
    return fits
        ? clampUnsigned((high << (Long.SIZE - exponent)) | (low >>> exponent))
        : PacketTime.LATEST_NANOS;
  }

  private static long clampUnsigned(long nanos) {
    return nanos < 0 ? PacketTime.LATEST_NANOS : Math.min(nanos, PacketTime.LATEST_NANOS);
  }

  /** 10 to the power of 0..19; the last one fills all 64 bits, unsigned. */
  private static long power10(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
