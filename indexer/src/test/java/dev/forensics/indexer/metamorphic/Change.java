package dev.forensics.indexer.metamorphic;

import java.util.Map;

/**
 * One difference between two runs.
 *
 * @param about what is compared: a document or a conversation
 * @param field of it; empty when all of it was added or has gone
 * @param before value in the first run; null when there is none
 * @param after value in the second run; null when there is none
 * @param was all fields in the first run; empty when it was added
 * @param is all fields in the second run; empty when it has gone
 */
record Change(
    String about,
    String field,
    String before,
    String after,
    Map<String, String> was,
    Map<String, String> is) {

  static Change ofField(
      String about, String field, Map<String, String> was, Map<String, String> is) {
    return new Change(about, field, was.get(field), is.get(field), was, is);
  }

  static Change added(String about, Map<String, String> is) {
    return new Change(about, "", null, "there", Map.of(), is);
  }

  static Change gone(String about, Map<String, String> was) {
    return new Change(about, "", "there", null, was, Map.of());
  }

  boolean isAdded() {
    return field.isEmpty() && before == null;
  }

  boolean isGone() {
    return field.isEmpty() && after == null;
  }

  /** A number that did not get larger, or one that came instead of nothing. */
  boolean grows() {
    return after != null && (before == null || number(before) <= number(after));
  }

  /** A number that did not get larger, or that is no longer known. */
  boolean shrinks() {
    return before != null && (after == null || number(after) <= number(before));
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  @Override
  public String toString() {
    String what = field.isEmpty() ? "" : " " + field;
    return about + what + ": " + cut(before) + " -> " + cut(after);
  }

  private static String cut(String text) {
    return text == null ? "none" : text.substring(0, Math.min(160, text.length()));
  }
}
