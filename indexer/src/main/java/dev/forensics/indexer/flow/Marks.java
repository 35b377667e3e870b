package dev.forensics.indexer.flow;

/** Bits of {@link Flow#marks}: 16 of each side, the originator's in the low half. */
final class Marks {
  /** The lowest three bits are the side's state in the sense of {@link TcpStates}. */
  static final int STATE_MASK = 7;

  /** {@link FlowSide#nextSequence} is set. */
  static final int SEQUENCE_KNOWN = 1 << 3;

  /** {@link FlowSide#highestAck} is set. */
  static final int ACK_KNOWN = 1 << 4;

  /** History has the letter S or H of this side. */
  static final int SYN = 1 << 5;

  /** History has the letter A of this side. */
  static final int ACK = 1 << 6;

  /** History has the letter D of this side. */
  static final int DATA = 1 << 7;

  /** A FIN was seen. */
  static final int FIN = 1 << 8;

  /** A RST was seen. */
  static final int RST = 1 << 9;

  /** History has the letter I of this side. */
  static final int INCONSISTENT = 1 << 10;

  /** History has the letter Q of this side. */
  static final int MULTIPLE = 1 << 11;

  /** Nobody wants this side's payload. */
  static final int REFUSED = 1 << 12;

  /** {@link FlowSide#firstPayload} is complete. */
  static final int FIRST_PAYLOAD_DONE = 1 << 13;

  /** Only in the originator's half: the connection is closed and lingers. */
  static final int CLOSED = 1 << 14;

  /** Only in the originator's half: it sent another SYN inside the connection. */
  static final int RENEWED = 1 << 15;

  /** Datagrams, only in the originator's half: the latest one cost more than there is time for. */
  static final int BEYOND_BUDGET = RENEWED;

  /** Only in the responder's half: the flow's times are those of packets astray. */
  static final int BEGUN_ASTRAY = CLOSED << 16;

  /** Datagrams, only in the originator's half: the latest one is the originator's. */
  static final int ASKED = FIN;

  /** What a new segment begins without: letters of the history and the first payload. */
  static final int PER_SEGMENT = SYN | ACK | DATA | INCONSISTENT | MULTIPLE | FIRST_PAYLOAD_DONE;

  private Marks() {}

  /** A mark moved to the half of this direction. */
  static int of(Direction direction, int mark) {
    return direction == Direction.ORIGINATOR ? mark : mark << 16;
  }
}
