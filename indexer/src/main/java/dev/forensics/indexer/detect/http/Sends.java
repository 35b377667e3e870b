package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Match;

/** What a direction sends, known from its first message. */
enum Sends {
  UNKNOWN,
  REQUESTS,
  RESPONSES;

  /**
   * Whether the next message may begin here. A direction that sent responses goes on with
   * responses, whatever their bodies quote.
   */
  boolean mayBegin(byte[] buffer, int offset, int length) {
    Match status = StartLine.matchStatus(buffer, offset, offset + length);
    return switch (this) {
      case RESPONSES -> status != Match.NO;
      case REQUESTS -> status != Match.YES && StartLine.match(buffer, offset, length) != Match.NO;
      case UNKNOWN -> StartLine.match(buffer, offset, length) != Match.NO;
    };
  }
}
