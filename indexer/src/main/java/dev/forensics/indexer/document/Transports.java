package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.document.json.JsonWriter;

/** IP protocol numbers: their IANA keywords (lower case), and which of them have ports. */
final class Transports {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int DCCP = 33;
  static final int ICMP_V6 = 58;
  static final int SCTP = 132;
  static final int UDP_LITE = 136;

  private static final SerializableString[] NAMES = names();

  private Transports() {}

  /** The keyword of a protocol number, or null. */
  static SerializableString name(int protocol) {
    return protocol >= 0 && protocol < NAMES.length ? NAMES[protocol] : null;
  }

  static boolean hasPorts(int protocol) {
    return protocol == TCP
        || protocol == UDP
        || protocol == SCTP
        || protocol == DCCP
        || protocol == UDP_LITE;
  }

  static boolean isIcmp(int protocol) {
    return protocol == ICMP || protocol == ICMP_V6;
  }

  private static SerializableString[] names() {
    SerializableString[] names = new SerializableString[256];
    put(names, ICMP, "icmp");
    put(names, 2, "igmp");
    put(names, 4, "ipv4");
    put(names, TCP, "tcp");
    put(names, 8, "egp");
    put(names, 9, "igp");
    put(names, UDP, "udp");
    put(names, 27, "rdp");
    put(names, DCCP, "dccp");
    put(names, 41, "ipv6");
    put(names, 46, "rsvp");
    put(names, 47, "gre");
    put(names, 50, "esp");
    put(names, 51, "ah");
    put(names, ICMP_V6, "ipv6-icmp");
    put(names, 59, "ipv6-nonxt");
    put(names, 88, "eigrp");
    put(names, 89, "ospfigp");
    put(names, 94, "ipip");
    put(names, 97, "etherip");
    put(names, 103, "pim");
    put(names, 108, "ipcomp");
    put(names, 112, "vrrp");
    put(names, 115, "l2tp");
    put(names, 124, "isis");
    put(names, SCTP, "sctp");
    put(names, UDP_LITE, "udplite");
    put(names, 137, "mpls-in-ip");
    return names;
  }

  private static void put(SerializableString[] names, int protocol, String name) {
    names[protocol] = JsonWriter.name(name);
  }
}
