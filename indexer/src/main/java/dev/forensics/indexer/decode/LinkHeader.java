package dev.forensics.indexer.decode;

/** Which header a capture's link type begins with: the LINKTYPE_ values of tcpdump.org. */
final class LinkHeader {
  static final int NULL = 0;
  static final int ETHERNET = 1;
  static final int SLIP = 8;
  static final int PPP = 9;
  static final int FDDI = 10;
  static final int PPP_HDLC = 50;
  static final int PPPOE = 51;
  static final int ATM_RFC1483 = 100;
  static final int RAW = 101;
  static final int CISCO_HDLC = 104;
  static final int IEEE802_11 = 105;
  static final int FRAME_RELAY = 107;
  static final int LOOP = 108;
  static final int LINUX_SLL = 113;
  static final int PRISM = 119;
  static final int RADIOTAP = 127;
  static final int TZSP = 128;
  static final int APPLE_IP_OVER_IEEE1394 = 138;
  static final int PKTAP_USER = 149;
  static final int IEEE802_11_AVS = 163;
  static final int PPP_PPPD = 166;
  static final int JUNIPER_ETHER = 178;
  static final int PPI = 192;
  static final int PPP_WITH_DIRECTION = 204;
  static final int CISCO_HDLC_WITH_DIRECTION = 205;
  static final int FRAME_RELAY_WITH_DIRECTION = 206;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int NFLOG = 239;
  static final int NETANALYZER = 240;
  static final int PKTAP = 258;
  static final int LINUX_SLL2 = 276;

  private LinkHeader() {}

  /** Starts a packet, or goes on where a header names the link type of what is behind it. */
  static int decode(int linkType, Cursor cursor, DecodedPacket packet) {
    cursor.linkType = linkType;
    return switch (linkType) {
      case ETHERNET -> EthernetHeader.decode(cursor, packet);
      case LINUX_SLL -> LinuxSllHeader.decode(cursor, packet);
      case LINUX_SLL2 -> LinuxSllHeader.decodeVersion2(cursor, packet);
      // 12 and 14 are LINKTYPE_RAW as some systems number it
      case RAW, 12, 14 -> Next.IP;
      case IPV4 -> EtherType.IPV4;
      case IPV6 -> EtherType.IPV6;
      case NULL, LOOP -> LoopbackHeader.decode(cursor, packet);
      default -> decodeRare(linkType, cursor, packet);
    };
  }

  private static int decodeRare(int linkType, Cursor cursor, DecodedPacket packet) {
    return switch (linkType) {
      case PPP, PPP_HDLC -> Next.PPP;
      case PPP_PPPD, PPP_WITH_DIRECTION -> skip(1, Next.PPP, cursor, packet);
      case PPPOE -> PppoeHeader.decode(cursor, packet);
      case CISCO_HDLC -> CiscoHdlcHeader.decode(cursor, packet);
      case CISCO_HDLC_WITH_DIRECTION -> skip(1, Next.LINK_TYPE | CISCO_HDLC, cursor, packet);
      case FRAME_RELAY -> FrameRelayHeader.decode(cursor, packet);
      case FRAME_RELAY_WITH_DIRECTION -> skip(1, Next.LINK_TYPE | FRAME_RELAY, cursor, packet);
      case ATM_RFC1483 -> Next.LLC;
      // frame control, destination, source
      case FDDI -> skip(13, Next.LLC, cursor, packet);
      // direction and compression state of the SLIP pseudo header
      case SLIP -> skip(16, Next.IP, cursor, packet);
      default -> decodePseudo(linkType, cursor, packet);
    };
  }

  private static int decodePseudo(int linkType, Cursor cursor, DecodedPacket packet) {
    return switch (linkType) {
      case IEEE802_11 -> Ieee80211Header.decode(cursor, packet, false);
      case RADIOTAP -> RadiotapHeader.decode(cursor, packet);
      case PRISM, IEEE802_11_AVS -> PrismHeader.decode(cursor, packet);
      case PPI -> PpiHeader.decode(cursor, packet);
      case NFLOG -> NflogHeader.decode(cursor, packet);
      case PKTAP, PKTAP_USER -> PktapHeader.decode(cursor, packet);
      case NETANALYZER -> skip(4, Next.ETHERNET, cursor, packet);
      case TZSP -> TzspHeader.decode(cursor, packet);
      case JUNIPER_ETHER -> JuniperHeader.decode(cursor, packet);
      case APPLE_IP_OVER_IEEE1394 -> appleFirewire(cursor, packet);
      default -> cursor.stop(packet, Layer.LINK, StopReason.UNSUPPORTED_LINK_TYPE);
    };
  }

  private static int skip(int length, int next, Cursor cursor, DecodedPacket packet) {
    return cursor.has(length)
        ? cursor.skip(length, next)
        : cursor.missing(packet, Layer.LINK, length);
  }

  /** Two EUI-64 addresses and an Ethernet type. */
  private static int appleFirewire(Cursor cursor, DecodedPacket packet) {
    return cursor.has(18)
        ? cursor.skip(18, cursor.u16(16))
        : cursor.missing(packet, Layer.LINK, 18);
  }
}
