package dev.forensics.indexer.capture;

/**
 * What a {@link PcapngReader} does not know of the present section, since it jumped over blocks to
 * read single records. A section's header says the byte order, and nearly always all interfaces are
 * described before its first packet. So a record can be read all the same, unless it wants an
 * interface that is described among the blocks jumped over, or has no time of its own.
 */
final class PcapngJumps {
  private static final long NOTHING = -1;

  /** From here to the cursor blocks were jumped over. */
  private long from = NOTHING;

  /** The time of the record before the cursor is not known, since it was not read. */
  private boolean isTimeUnknown;

  private boolean hasJumped;
  private boolean isOver;

  /** False when no record can want anything that is not known: nothing was ever jumped over. */
  boolean any() {
    return hasJumped;
  }

  /** True when everything is to be read from now on. */
  boolean isOver() {
    return isOver;
  }

  /** A section begins at the cursor: its interfaces are described behind it. */
  void sectionBegins() {
    from = NOTHING;
  }

  /** Leaves a place for one that is not the next. */
  void leave() {
    hasJumped = true;
    isTimeUnknown = true;
  }

  /** Leaves a place for another one of the same section. */
  void leave(long place) {
    leave();
    from = from == NOTHING ? place : from;
  }

  /** A record's time was read. */
  void timeIsKnown() {
    isTimeUnknown = false;
  }

  /** Whether interfaces may be missing. */
  boolean missesInterfaces() {
    return from != NOTHING;
  }

  /** Whether the record before the cursor is wanted and was not read. */
  boolean missesTime() {
    return isTimeUnknown;
  }

  /** Goes back for what was jumped over of the section: where that begins. */
  long back() {
    long place = from;
    from = NOTHING;
    return place;
  }

  /** Goes back to the beginning to read everything. */
  void end() {
    from = NOTHING;
    isTimeUnknown = false;
    isOver = true;
  }
}
