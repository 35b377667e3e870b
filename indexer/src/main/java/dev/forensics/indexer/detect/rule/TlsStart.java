package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.flow.Flow;

/**
 * Whether TLS is what a connection begins with. Otherwise it may run inside something that came
 * before: CONNECT, SOCKS, STARTTLS. Where that was not captured, or cut off, the TLS is all that is
 * seen.
 */
final class TlsStart {
  private static final int LEAST_RECORD_TYPE = 0x14;
  private static final int MOST_RECORD_TYPE = 0x18;

  /** The high bit of an SSL 2 record's length, as in the first hello of old clients. */
  private static final int SSL2 = 0x80;

  private TlsStart() {}

  /** True when the connection's first bytes were seen, and are those of a TLS record. */
  static boolean isSeen(Flow flow) {
    return !flow.midstream
        && (isRecord(flow.originator.firstPayload) || isRecord(flow.responder.firstPayload));
  }

  private static boolean isRecord(byte[] first) {
    if (first == null || first.length == 0) {
      return false;
    }
    int type = first[0] & 0xFF;
    return (type >= LEAST_RECORD_TYPE && type <= MOST_RECORD_TYPE) || (type & SSL2) != 0;
  }
}
