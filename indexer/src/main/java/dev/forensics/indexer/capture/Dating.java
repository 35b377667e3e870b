package dev.forensics.indexer.capture;

/** What the records around it say about a record's time. */
public enum Dating {
  /** It fits them. */
  BELIEVED,

  /** They contradict it: a packet from 1970 or 2096 in the midst of others. */
  ASTRAY,

  /** It is later than those before it, and too few follow that would tell. */
  UNDECIDED
}
