package dev.forensics.indexer.capture;

/**
 * Tells by a packet's own bytes that they are a packet, and where it begins and ends: an IPv4
 * header with the right checksum, an IPv6 header or an ARP message whose length is that of the
 * packet. So a single record proves itself between two damages. In random bytes the odds are 1 in
 * 2^36 (IPv4), 2^35 (IPv6) and 2^64 (ARP), beside those of the record's head; what is not known
 * here proves nothing.
 */
final class PacketProof {
  private static final int NULL = 0;
  private static final int ETHERNET = 1;
  private static final int RAW_OF_BSD = 12;
  private static final int RAW_OF_OPENBSD = 14;
  private static final int RAW = 101;
  private static final int LINUX_SLL = 113;
  private static final int IPV4 = 228;
  private static final int IPV6 = 229;
  private static final int LINUX_SLL2 = 276;

  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_ARP = 0x0806;
  private static final int TYPE_VLAN = 0x8100;
  private static final int TYPE_SERVICE_VLAN = 0x88A8;
  private static final int TYPE_IPV6 = 0x86DD;

  /** The shortest Ethernet packet, without checksum, with two tags: shorter ones are padded. */
  private static final int PADDED = 68;

  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  /** An ARP message for Ethernet and IPv4 begins so (RFC 826). */
  private static final byte[] ARP = {0, 1, 8, 0, 6, 4, 0};

  private PacketProof() {}

  /**
   * Whether bytes prove that they are a packet.
   *
   * @param linkType as in the capture
   * @param at where the packet begins
   * @param captured how many of its bytes are there
   * @param original how many it had on the wire
   */
  static boolean isPacket(int linkType, byte[] bytes, int at, int captured, int original) {
    return switch (linkType) {
      case ETHERNET -> isEthernet(bytes, at, captured, original);
      case LINUX_SLL ->
          captured > 16 && isOf(type(bytes, at + 14), bytes, at, 16, captured, original);
      case LINUX_SLL2 -> captured > 20 && isOf(type(bytes, at), bytes, at, 20, captured, original);
      case RAW, RAW_OF_BSD, RAW_OF_OPENBSD, IPV4, IPV6 -> isIp(bytes, at, 0, captured, original);
      case NULL -> isIp(bytes, at, 4, captured, original);
      default -> false;
    };
  }

  private static boolean isEthernet(byte[] bytes, int at, int captured, int original) {
    int header = 14;
    while (captured > header && header <= 22 && isTag(type(bytes, at + header - 2))) {
      header += 4;
    }
    return captured > header
        && isOf(type(bytes, at + header - 2), bytes, at, header, captured, original);
  }

  private static boolean isTag(int type) {
    return type == TYPE_VLAN || type == TYPE_SERVICE_VLAN;
  }

  private static boolean isOf(
      int type, byte[] bytes, int at, int header, int captured, int original) {
    return switch (type) {
      case TYPE_IPV4, TYPE_IPV6 -> isIp(bytes, at, header, captured, original);
      case TYPE_ARP -> isArp(bytes, at + header, captured - header);
      default -> false;
    };
  }

  private static boolean isArp(byte[] bytes, int at, int there) {
    if (there < ARP.length + 1) {
      return false;
    }
    for (int i = 0; i < ARP.length; i++) {
      if (bytes[at + i] != ARP[i]) {
        return false;
      }
    }
    return bytes[at + ARP.length] > 0;
  }

  private static boolean isIp(byte[] bytes, int at, int header, int captured, int original) {
    int ip = at + header;
    int there = captured - header;
    int version = there < IPV4_HEADER ? 0 : bytes[ip] >> 4;
    int length =
        switch (version) {
          case 4 -> isChecked(bytes, ip, there) ? type(bytes, ip + 2) : 0;
          case 6 -> there < IPV6_HEADER ? 0 : IPV6_HEADER + type(bytes, ip + 4);
          default -> 0;
        };
    int end = header + length;
    return length >= IPV4_HEADER && end <= original && (end == original || original <= PADDED);
  }

  /** RFC 791 section 3.1: the ones' complement sum of the header is 0xFFFF. */
  private static boolean isChecked(byte[] bytes, int ip, int there) {
    int header = (bytes[ip] & 0x0F) * 4;
    if (header < IPV4_HEADER || header > there) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < header; i += 2) {
      sum += type(bytes, ip + i);
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    return ((sum & 0xFFFF) + (sum >>> 16)) == 0xFFFF;
  }

  private static int type(byte[] bytes, int at) {
    return ByteOrders.uint16(bytes, at, true);
  }
}
