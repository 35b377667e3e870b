package dev.forensics.indexer.capture;

import java.io.IOException;

/**
 * How many records two captures have in common from their beginning, and what comes then. Where one
 * of them ends or is broken, they are the same capture as far as it can be told; where both have
 * another record, they are two.
 *
 * @param records that are equal: link type, time, lengths and bytes
 * @param onePosition position behind them in the first capture
 * @param otherPosition position behind them in the second
 * @param onePrint print of the first's next record; null when there is none
 * @param otherPrint print of the second's
 */
record SharedRecords(
    long records, long onePosition, long otherPosition, String onePrint, String otherPrint) {
  private static final SharedRecords NONE = new SharedRecords(0, 0, 0, null, null);

  /** True when each goes on with a record of its own. */
  boolean areTwo() {
    return onePrint != null && otherPrint != null;
  }

  /** The same of the second and the first. */
  SharedRecords turned() {
    return new SharedRecords(
        records,
        /* onePosition= */ otherPosition,
        /* otherPosition= */ onePosition,
        /* onePrint= */ otherPrint,
        /* otherPrint= */ onePrint);
  }

  /** Compares from the beginning. */
  static SharedRecords of(CaptureFile one, CaptureFile other) {
    return NONE.goOn(one, other);
  }

  /** Compares what has come to the two files since. */
  SharedRecords goOn(CaptureFile one, CaptureFile other) {
    try (CaptureReader first = one.open(new SingleThreadBlocks(), onePosition);
        CaptureReader second = other.open(new SingleThreadBlocks(), otherPosition)) {
      return goOn(first, second);
    } catch (IOException e) {
      // A file that cannot be read says so itself when it is read.
      return this;
    }
  }

  private SharedRecords goOn(CaptureReader first, CaptureReader second) {
    PacketRecord one = new PacketRecord();
    PacketRecord other = new PacketRecord();
    long count = records;
    long at = onePosition;
    long otherAt = otherPosition;
    while (true) {
      boolean isOne = next(first, one);
      boolean isOther = next(second, other);
      if (!isOne || !isOther || !one.hasContentOf(other)) {
        return new SharedRecords(
            count,
            at,
            otherAt,
            isOne ? CaptureId.print(one) : null,
            isOther ? CaptureId.print(other) : null);
      }
      count++;
      at = first.position();
      otherAt = second.position();
    }
  }

  private static boolean next(CaptureReader reader, PacketRecord into) {
    try {
      return reader.next(into) && !hasPassedDamage(reader);
    } catch (CaptureException e) {
      return false;
    }
  }

  /** What stands behind a damaged place is no other record than the intact copy has. */
  private static boolean hasPassedDamage(CaptureReader reader) {
    return reader instanceof PositionedReader positioned && positioned.holes().hasPassed();
  }
}
