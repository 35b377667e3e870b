package dev.forensics.indexer.metamorphic;

import java.util.List;

/** Which differences are meant. */
@FunctionalInterface
interface Statement {
  /** The same, in every field of every document. */
  Statement NOTHING = change -> false;

  /** True when the difference is meant. */
  boolean allows(Change change);

  /**
   * These fields may have any other value, or none.
   *
   * @param names of fields; one that ends in {@code *} stands for all that begin so
   */
  static Statement fields(String... names) {
    List<String> exact = List.of(names);
    return change ->
        !change.field().isEmpty() && exact.stream().anyMatch(name -> stands(name, change.field()));
  }

  private static boolean stands(String name, String field) {
    return name.endsWith("*")
        ? field.startsWith(name.substring(0, name.length() - 1))
        : field.equals(name);
  }

  /** The same, but of alarms only. */
  default Statement inAlarms() {
    return change -> allows(change) && change.was().containsKey("rule.id");
  }

  /** This or another one. */
  default Statement or(Statement other) {
    return change -> allows(change) || other.allows(change);
  }
}
