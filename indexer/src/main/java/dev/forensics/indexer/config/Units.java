package dev.forensics.indexer.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes and durations as people write them. */
public final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,12})\\s*([kmgt]?)i?b?");

  private Units() {}

  /**
   * Reads a duration.
   *
   * @param text a whole number with ms, s, m, h or d
   * @throws IllegalArgumentException when it is not one
   */
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a duration such as 500ms, 10s, 5m, 12h or 30d, not '" + text + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /**
   * Reads a size.
   *
   * @param text a whole number with k, M, G or T (powers of 1024), B and iB optional
   * @return bytes
   * @throws IllegalArgumentException when it is not one
   */
  public static long bytes(String text) {
    Matcher matcher = BYTES.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a size such as 65536, 64k, 512MB or 10GiB, not '" + text + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    int power = matcher.group(2).isEmpty() ? 0 : "kmgt".indexOf(matcher.group(2)) + 1;
    return Math.multiplyExact(amount, 1L << (10 * power));
  }
}
