package dev.forensics.indexer.detect;

/** Answer of a protocol to the first bytes of one direction. */
public enum Match {
  /** These bytes are not of this protocol, and no more bytes will change that. */
  NO,
  /** These bytes may begin a message of this protocol; more are needed to tell. */
  MORE,
  /** These bytes are of this protocol. */
  YES;
}
