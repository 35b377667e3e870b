package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;

/**
 * What one side says before the stream within begins. Read from its beginning each time: it is
 * short, and comes in two or three pieces.
 */
abstract class Opening {
  /** More bytes are needed. */
  static final int MORE = 0;

  /** Not to be read, or nothing follows that is of use. */
  static final int NONE = -1;

  /** Where the facts go. */
  protected FlowFacts facts;

  /** The flow's SOCKS. */
  protected SocksFacts socks;

  private int end = MORE;

  Opening(FlowFacts facts, SocksFacts socks) {
    this.facts = facts;
    this.socks = socks;
  }

  /** Bytes that it takes once it is whole; {@link #MORE} before, {@link #NONE} when it failed. */
  final int end() {
    return end;
  }

  final void fail() {
    end = NONE;
  }

  /** Reads all bytes that there are. */
  final void read(byte[] bytes, int length) {
    end = bytes[0] == SocksProtocol.VERSION_5 ? version5(bytes, length) : version4(bytes, length);
    if (end != MORE) {
      facts.changed();
    }
  }

  final void nextSegment(FlowFacts next, SocksFacts fresh) {
    facts = next;
    socks = fresh;
  }

  abstract int version5(byte[] bytes, int length);

  abstract int version4(byte[] bytes, int length);

  /** Bytes of an address with its type and port behind it (RFC 1928 section 5); MORE while open. */
  static int addressBytes(byte[] bytes, int at, int length) {
    if (at + 1 >= length) {
      return MORE;
    }
    int size =
        switch (bytes[at]) {
          case 1 -> 4;
          case 4 -> 16;
          default -> 1 + (bytes[at + 1] & 0xFF);
        };
    return at + 1 + size + 2 <= length ? 1 + size + 2 : MORE;
  }
}
