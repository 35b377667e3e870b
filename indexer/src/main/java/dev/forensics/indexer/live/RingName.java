package dev.forensics.indexer.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a capture file: {@code PREFIX_20261122T101500Z_00000042.pcap}. Later files have greater
 * names, also in a folder listing, also when the clock was set back, also after a restart.
 *
 * @param second when the file was begun
 * @param number counts the files of a folder and prefix
 */
record RingName(String prefix, Instant second, long number) implements Comparable<RingName> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern REST = Pattern.compile("_(\\d{8}T\\d{6}Z)_(\\d{8,18})\\.pcap");
  private static final Comparator<RingName> ORDER =
      Comparator.comparing(RingName::second).thenComparingLong(RingName::number);

  static RingName first(String prefix, Instant now) {
    return new RingName(prefix, now.truncatedTo(ChronoUnit.SECONDS), 1);
  }

  /** The name after this one. */
  RingName next(Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.SECONDS);
    return new RingName(prefix, time.isBefore(second) ? second : time, number + 1);
  }

  /** Reads a file name; empty when it is another's. */
  static Optional<RingName> parse(String prefix, String fileName) {
    if (!fileName.startsWith(prefix)) {
      return Optional.empty();
    }
    Matcher rest = REST.matcher(fileName.substring(prefix.length()));
    if (!rest.matches()) {
      return Optional.empty();
    }
    try {
      Instant second = TIME.parse(rest.group(1), Instant::from);
      return Optional.of(new RingName(prefix, second, Long.parseLong(rest.group(2))));
    } catch (DateTimeException e) {
      return Optional.empty(); // month 13: not one of ours
    }
  }

  String fileName() {
    return String.format(Locale.ROOT, "%s_%s_%08d.pcap", prefix, TIME.format(second), number);
  }

  @Override
  public int compareTo(RingName other) {
    return ORDER.compare(this, other);
  }
}
