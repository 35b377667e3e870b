package dev.forensics.indexer.decode;

/**
 * IEEE 802.1Q tag behind its type (also 802.1ad and the older 0x9100, 0x9200, 0x9300), and the
 * other tags that stand between Ethernet addresses and the payload's type.
 *
 * <pre>
 *  0                               2               4
 * +-----+-+------------------------+---------------+
 * | PCP |D| VLAN id (12 bits)      | type          |
 * +-----+-+------------------------+---------------+
 * </pre>
 */
final class VlanTag {
  static final int LENGTH = 4;

  private VlanTag() {}

  /** Records the first two ids met from the outside in, those inside tunnels included. */
  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.VLAN, LENGTH);
    }
    record(packet, cursor.u16(0) & 0xFFF);
    return cursor.skip(LENGTH, cursor.u16(2));
  }

  static void record(DecodedPacket packet, int id) {
    if (packet.vlanId == DecodedPacket.NONE) {
      packet.vlanId = id;
    } else if (packet.innerVlanId == DecodedPacket.NONE) {
      packet.innerVlanId = id;
    }
  }

  /**
   * Passes a tag whose ids name a port and not a network: VN-Tag and metadata (Cisco), E-Tag
   * (802.1BR).
   *
   * @param length of the tag's content before the next type, in bytes
   */
  static int skip(int length, Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(length + 2)) {
      return cursor.missing(packet, Layer.VLAN, length + 2);
    }
    return cursor.skip(length + 2, cursor.u16(length));
  }

  /** Passes the service instance tag of 802.1ah (4 bytes); a customer's whole frame follows. */
  static int backbone(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(4)) {
      return cursor.missing(packet, Layer.VLAN, 4);
    }
    return cursor.skip(4, Next.ETHERNET);
  }
}
