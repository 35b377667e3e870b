package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * network.direction, seen from the private ranges: RFC 1918, shared 100.64.0.0/10 (RFC 6598),
 * loopback, link-local, unique local IPv6 (RFC 4193). Multicast and broadcast count as private.
 */
final class NetworkDirection {
  private static final SerializableString INTERNAL = JsonWriter.name("internal");
  private static final SerializableString OUTBOUND = JsonWriter.name("outbound");
  private static final SerializableString INBOUND = JsonWriter.name("inbound");
  private static final SerializableString EXTERNAL = JsonWriter.name("external");

  private NetworkDirection() {}

  static SerializableString of(Flow flow) {
    boolean originator = isPrivate(flow.ipVersion, flow.originatorHigh, flow.originatorLow);
    boolean responder = isPrivate(flow.ipVersion, flow.responderHigh, flow.responderLow);
    boolean source = flow.opener == Direction.ORIGINATOR ? originator : responder;
    boolean destination = flow.opener == Direction.ORIGINATOR ? responder : originator;
    if (source) {
      return destination ? INTERNAL : OUTBOUND;
    }
    return destination ? INBOUND : EXTERNAL;
  }

  /** True for an address that is not routed in the public internet. */
  static boolean isPrivate(int ipVersion, long high, long low) {
    return ipVersion == 4 ? isPrivateV4((int) low) : isPrivateV6(high, low);
  }

  private static boolean isPrivateV4(int address) {
    int first = address >>> 24;
    return first == 10
        || first == 127
        || first == 0
        || (address >>> 20) == 0xac1 // 172.16.0.0/12
        || (address >>> 16) == 0xc0a8 // 192.168.0.0/16
        || (address >>> 16) == 0xa9fe // 169.254.0.0/16
        || (address >>> 22) == 0x191 // 100.64.0.0/10
        || (first >= 224 && first <= 239)
        || address == -1;
  }

  private static boolean isPrivateV6(long high, long low) {
    if (high == 0) {
      boolean mapped = (low >>> 32) == 0xffffL;
      return mapped ? isPrivateV4((int) low) : low == 0 || low == 1;
    }
    return (high >>> 57) == 0x7e // fc00::/7
        || (high >>> 54) == 0x3fa // fe80::/10
        || (high >>> 56) == 0xff; // multicast
  }
}
