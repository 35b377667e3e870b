package dev.forensics.indexer.index;

import dev.forensics.indexer.document.IndexTemplates;
import java.util.regex.Pattern;

/**
 * How long documents are kept, in Elasticsearch's notation: a number and d, h, m or s.
 *
 * @param flows flows
 * @param alarms alarms
 */
public record Retention(String flows, String alarms) {
  private static final Pattern TIME = Pattern.compile("[1-9]\\d{0,8}[dhms]");

  /** Checks the notation. */
  public Retention {
    requireTime(flows);
    requireTime(alarms);
  }

  private static void requireTime(String time) {
    if (!TIME.matcher(time).matches()) {
      throw new IllegalArgumentException(
          "retention must be a number and d, h, m or s, such as 30d: " + time);
    }
  }

  /** As long as the templates say. */
  public static Retention defaults() {
    return new Retention(IndexTemplates.DEFAULT_RETENTION, IndexTemplates.DEFAULT_RETENTION);
  }
}
