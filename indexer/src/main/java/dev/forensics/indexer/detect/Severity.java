package dev.forensics.indexer.detect;

/** Grades of a verdict, with the number that event.severity carries. */
public enum Severity {
  INFORMATIONAL(10),
  LOW(21),
  MEDIUM(47),
  HIGH(73),
  CRITICAL(99);

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /** Value of event.severity, 1..99, in the steps that Elastic's own rules use. */
  public int number() {
    return number;
  }
}
