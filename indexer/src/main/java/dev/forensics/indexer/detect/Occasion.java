package dev.forensics.indexer.detect;

/** Why the rules look at a flow now. */
public enum Occasion {
  /** A parser learned something. */
  FACTS,
  /** The connection was closed or reset. */
  CONNECTION,
  /** 60 s of packet time passed since the flow's first suspicious fact. */
  DEADLINE,
  /** The flow, or its segment, ended: the last occasion. */
  ENDED;
}
