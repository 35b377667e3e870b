package dev.forensics.indexer.capture;

/** How the records, or blocks, of a format are told from other bytes. */
interface RecordForm {
  /** Bytes from which {@link #length} tells a record, and which a hole leaves zero. */
  int headBytes();

  /** The next record that is looked at is the first one of a chain. */
  void beginChain();

  /** Whether a single record can be told by what was read before it. */
  boolean isAnchored();

  /**
   * How long the record is that may begin here.
   *
   * @param at offset of {@link #headBytes} bytes
   * @return its length in bytes, at least {@link #headBytes}; 0 when no record begins like this
   */
  int length(byte[] block, int at);

  /** Whether the bytes behind the head are those of a record, all of which are there. */
  boolean isWhole(byte[] block, int at, int length);

  /**
   * Whether a whole record proves itself alone: its bytes are those of a packet, and its time is
   * near those that were read before.
   */
  boolean isEvident(byte[] block, int at, int length);

  /**
   * Whether heads of the chain have times that are near one another, but not near what was read.
   */
  default boolean isDistant() {
    return false;
  }
}
