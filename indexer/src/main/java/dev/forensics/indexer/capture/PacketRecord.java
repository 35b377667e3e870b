package dev.forensics.indexer.capture;

import java.util.Arrays;

/**
 * One stored packet, viewed in place. A {@link CaptureReader} fills the same instance again for
 * each record; {@link #buffer} itself stays valid until its block goes back to the {@link
 * BlockPool}.
 *
 * <p>A plain carrier with public fields: it is filled and read once per packet.
 */
public final class PacketRecord {
  /** What {@link #section} is where there are no sections, or where it is not known. */
  public static final long NO_SECTION = -1;

  /** Holds the packet's bytes; never written by readers of the record. */
  public byte[] buffer;

  /** Where the packet's first byte stands, in bytes from the start of {@link #buffer}. */
  public int offset;

  /** Bytes stored in the capture (pcap incl_len), 0 or more. */
  public int capturedLength;

  /** Bytes the packet had on the wire (pcap orig_len); at least {@link #capturedLength}. */
  public int originalLength;

  /** Packet time in nanoseconds since 1970-01-01T00:00:00Z. */
  public long timestampNanos;

  /** Whether the time can be believed; set by readers that look at the records around it. */
  public Dating dating = Dating.BELIEVED;

  /** Time of its turn among the records of other captures: its own unless that is astray. */
  public long turnNanos;

  /**
   * How far the capture's clock was set by the record, in nanoseconds: set back, less than 0, or
   * far forward; 0 in nearly all records.
   */
  public long stepNanos;

  /** Link type of the record's interface, a LINKTYPE_ value of tcpdump.org. */
  public int linkType;

  /** Interface number within the capture's section; 0 for pcap. */
  public int interfaceId;

  /** Offset of the record's header (pcapng: of its block), in bytes of the uncompressed capture. */
  public long position;

  /**
   * Offset of the header of the pcapng section that the record stands in, in bytes of the
   * uncompressed capture; {@link #NO_SECTION} in pcap.
   */
  public long section = NO_SECTION;

  /** Becomes a view of the same bytes as another record. */
  public void view(PacketRecord other) {
    buffer = other.buffer;
    offset = other.offset;
    capturedLength = other.capturedLength;
    originalLength = other.originalLength;
    timestampNanos = other.timestampNanos;
    dating = other.dating;
    turnNanos = other.turnNanos;
    stepNanos = other.stepNanos;
    linkType = other.linkType;
    interfaceId = other.interfaceId;
    position = other.position;
    section = other.section;
  }

  /** Whether another record is the same packet: link type, time, lengths and bytes. */
  boolean hasContentOf(PacketRecord other) {
    return linkType == other.linkType
        && timestampNanos == other.timestampNanos
        && capturedLength == other.capturedLength
        && originalLength == other.originalLength
        && Arrays.equals(
            buffer,
            offset,
            offset + capturedLength,
            other.buffer,
            other.offset,
            other.offset + other.capturedLength);
  }

  /** This record with a copy of its bytes, valid without the block. */
  public PacketRecord copy() {
    PacketRecord copy = new PacketRecord();
    copy.view(this);
    copy.buffer = Arrays.copyOfRange(buffer, offset, offset + capturedLength);
    copy.offset = 0;
    return copy;
  }
}
