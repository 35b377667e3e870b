package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.detect.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/** Takes server name and ALPN out of a ClientHello (RFC 8446 4.1.2, RFC 6066 3, RFC 7301). */
final class HelloReader {
  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int ALPN_LIMIT = 16;
  private static final int NAME_LIMIT_BYTES = 255;

  /** Version 2 and random 32. */
  private static final int SESSION_ID = 34;

  private HelloReader() {}

  /** Reads the body of a ClientHello, as far as its lengths are sound. */
  static void read(byte[] bytes, int offset, int length, QuicFacts quic) {
    int limit = offset + length;
    int at = offset + SESSION_ID;
    at = at < limit ? at + 1 + Octets.u8(bytes, at) : limit;
    at = at + 2 <= limit ? at + 2 + Octets.u16(bytes, at) : limit;
    at = at < limit ? at + 1 + Octets.u8(bytes, at) : limit;
    at += 2;
    while (at + 4 <= limit) {
      int type = Octets.u16(bytes, at);
      int size = Octets.u16(bytes, at + 2);
      at += 4;
      if (size > limit - at) {
        return;
      }
      if (type == SERVER_NAME && size > 5) {
        int name = Math.min(Octets.u16(bytes, at + 3), size - 5);
        quic.serverName = Octets.readable(bytes, at + 5, name, NAME_LIMIT_BYTES);
      } else if (type == ALPN) {
        quic.alpnOffered = alpn(bytes, at + 2, at + size);
      }
      at += size;
    }
  }

  private static List<String> alpn(byte[] bytes, int from, int limit) {
    List<String> names = new ArrayList<>(2);
    int at = from;
    while (at < limit && names.size() < ALPN_LIMIT) {
      int size = Math.min(Octets.u8(bytes, at), limit - at - 1);
      names.add(Octets.readable(bytes, at + 1, size, NAME_LIMIT_BYTES));
      at += 1 + size;
    }
    return List.copyOf(names);
  }
}
