package dev.forensics.indexer.capture;

/** Which of the records that wait for others to decide about their time are let go undecided. */
public enum LettingGo {
  /** None of them. */
  NONE,
  /**
   * Those that can be the first ones after a pause: of a time ahead of the capture's clock by up to
   * a day, or where it has no clock yet.
   */
  AFTER_PAUSE,
  /** All: none are to come. */
  ALL
}
