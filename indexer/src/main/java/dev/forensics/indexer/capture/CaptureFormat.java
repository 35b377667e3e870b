package dev.forensics.indexer.capture;

/** How a capture's records are written, once it is uncompressed. */
public enum CaptureFormat {
  /** The classic format of libpcap, all variants: one link type a file, no metadata. */
  PCAP,
  /** Blocks in sections, with several interfaces (draft-ietf-opsawg-pcapng). */
  PCAPNG;

  /** Bytes that tell the format. */
  static final int MAGIC_BYTES = 4;

  /** The format that {@link #MAGIC_BYTES} bytes begin, or null. */
  static CaptureFormat of(byte[] bytes, int at) {
    if (ByteOrders.int32(bytes, at, false) == PcapngForm.SECTION_HEADER) {
      return PCAPNG;
    }
    return PcapHeader.matches(bytes, at) ? PCAP : null;
  }
}
