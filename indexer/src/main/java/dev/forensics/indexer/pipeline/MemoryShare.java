package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.FragmentLimits;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.enrich.Names;

/**
 * What a sensor may remember beside its flows. Its flows have a bound of their own, see {@link
 * dev.forensics.indexer.flow.FlowSettings#maxBytes()}.
 *
 * @param nameBytes for names of addresses, in bytes
 * @param replacedNameBytes for those that newer ones replaced, in bytes
 * @param fragments bounds of datagrams that are not complete
 * @param findingBytes for the texts of documents that wait for others, in bytes
 * @param firstAlarms how many destinations and rules are known to have had an alarm
 */
public record MemoryShare(
    long nameBytes,
    long replacedNameBytes,
    FragmentLimits fragments,
    long findingBytes,
    int firstAlarms) {
  private static final long MEBIBYTE = 1L << 20;

  /** Memory of a remembered alarm, in bytes, roughly. */
  private static final int FIRST_ALARM_BYTES = 128;

  /** What a sensor that has the heap for itself remembers; none remembers more. */
  public static final MemoryShare WHOLE =
      new MemoryShare(
          24 * MEBIBYTE,
          8 * MEBIBYTE,
          FragmentLimits.DEFAULT,
          16 * MEBIBYTE,
          FirstAlarms.DEFAULT_CAPACITY);

  /** All of it together, in bytes. */
  public long bytes() {
    return nameBytes
        + replacedNameBytes
        + fragments.maxBytes()
        + findingBytes
        + alarmBytes(firstAlarms);
  }

  /** What so many remembered alarms take, in bytes, roughly. */
  static long alarmBytes(int alarms) {
    return (long) alarms * FIRST_ALARM_BYTES;
  }

  /** The largest share that takes at most so many bytes, but not less than a 64th of the whole. */
  public static MemoryShare within(long bytes) {
    double part = (double) bytes / WHOLE.bytes();
    return part >= 1 ? WHOLE : WHOLE.times(Math.max(1.0 / 64, part));
  }

  private MemoryShare times(double part) {
    return new MemoryShare(
        (long) (part * nameBytes),
        (long) (part * replacedNameBytes),
        new FragmentLimits(
            (int) (part * fragments.maxDatagrams()),
            (long) (part * fragments.maxBytes()),
            fragments.timeout()),
        (long) (part * findingBytes),
        (int) (part * firstAlarms));
  }

  /** Names that know nothing yet. */
  public Names names() {
    return new Names(Names.DEFAULT_CAPACITY, nameBytes, replacedNameBytes);
  }

  /** Alarms of which none was raised yet. */
  public FirstAlarms alarms() {
    return new FirstAlarms(firstAlarms);
  }
}
