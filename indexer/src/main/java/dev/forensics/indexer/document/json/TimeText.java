package dev.forensics.indexer.document.json;

/**
 * Times as ISO 8601 in UTC with nanoseconds ("2026-11-22T10:15:30.123456789Z"), written into a byte
 * array. Always the same length, so texts sort as the times do.
 */
public final class TimeText {
  /** Length of a time as text, in bytes. */
  public static final int LENGTH = 30;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** 0000-01-01T00:00:00Z. */
  private static final long FIRST_MILLIS = -62_167_219_200_000L;

  /** 9999-12-31T23:59:59.999Z. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private static final int SECONDS_PER_DAY = 86_400;

  /** Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar. */
  private static final long DAYS_TO_EPOCH = 719_468;

  private static final int DAYS_PER_ERA = 146_097;

  private TimeText() {}

  /**
   * Writes a time.
   *
   * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z; any value (years 1677 to 2262)
   * @param into receives {@link #LENGTH} bytes at offset
   * @param offset in bytes from the start of into
   */
  public static void write(long epochNanos, byte[] into, int offset) {
    long epochSeconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
    write(epochSeconds, (int) Math.floorMod(epochNanos, NANOS_PER_SECOND), into, offset);
  }

  /** True when the year of a time in milliseconds has four digits. */
  public static boolean isWritable(long epochMillis) {
    return epochMillis >= FIRST_MILLIS && epochMillis <= LAST_MILLIS;
  }

  /** Writes a time in milliseconds since the epoch that {@link #isWritable}; see {@link #write}. */
  public static void writeMillis(long epochMillis, byte[] into, int offset) {
    long epochSeconds = Math.floorDiv(epochMillis, 1000L);
    write(epochSeconds, Math.floorMod(epochMillis, 1000) * NANOS_PER_MILLI, into, offset);
  }

  private static void write(long epochSeconds, int nanos, byte[] into, int offset) {
    int secondOfDay = Math.floorMod(epochSeconds, SECONDS_PER_DAY);
    date(Math.floorDiv(epochSeconds, SECONDS_PER_DAY), into, offset);
    into[offset + 10] = 'T';
    digits(secondOfDay / 3600, 2, into, offset + 11);
    into[offset + 13] = ':';
    digits(secondOfDay / 60 % 60, 2, into, offset + 14);
    into[offset + 16] = ':';
    digits(secondOfDay % 60, 2, into, offset + 17);
    into[offset + 19] = '.';
    digits(nanos, 9, into, offset + 20);
    into[offset + 29] = 'Z';
  }

  /** Gregorian date of a day number, counted in 400-year eras that begin on 1 March. */
  private static void date(long epochDay, byte[] into, int offset) {
    long day = epochDay + DAYS_TO_EPOCH;
    int era = (int) Math.floorDiv(day, (long) DAYS_PER_ERA);
    int dayOfEra = (int) (day - (long) era * DAYS_PER_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shiftedMonth = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    digits(year, 4, into, offset);
    into[offset + 4] = '-';
    digits(month, 2, into, offset + 5);
    into[offset + 7] = '-';
    digits(dayOfMonth, 2, into, offset + 8);
  }

  private static void digits(int value, int count, byte[] into, int offset) {
    int rest = value;
    for (int at = offset + count - 1; at >= offset; at--) {
      into[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
