package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a pcap file with nanosecond times: little-endian, version 2.4. All records have to have
 * the same link type; {@link PcapngWriter} takes any. Closing closes the stream.
 */
public final class PcapWriter implements Closeable {
  private static final int NANOSECONDS = 0xA1B23C4D;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final OutputStream out;
  private final int linkType;
  private final byte[] header = new byte[PcapHeader.BYTES];

  /**
   * Writes the file header.
   *
   * @param linkType a LINKTYPE_ value, 0..65535
   */
  public PcapWriter(OutputStream out, int linkType) throws IOException {
    this.out = out;
    this.linkType = linkType;
    ByteOrders.putInt32(header, 0, NANOSECONDS);
    ByteOrders.putInt16(header, 4, 2);
    ByteOrders.putInt16(header, 6, 4);
    ByteOrders.putInt32(header, 8, 0);
    ByteOrders.putInt32(header, 12, 0);
    ByteOrders.putInt32(header, 16, PcapReader.MAX_CAPTURED);
    ByteOrders.putInt32(header, 20, linkType);
    out.write(header, 0, PcapHeader.BYTES);
  }

  /**
   * Writes a record. Seconds past 2106 do not fit the format and wrap.
   *
   * @throws IllegalArgumentException when its link type is another one
   */
  public void write(PacketRecord record) throws IOException {
    if (record.linkType != linkType) {
      throw new IllegalArgumentException(
          "link type %d in a file of link type %d".formatted(record.linkType, linkType));
    }
    ByteOrders.putInt32(header, 0, (int) (record.timestampNanos / NANOS_PER_SECOND));
    ByteOrders.putInt32(header, 4, (int) (record.timestampNanos % NANOS_PER_SECOND));
    ByteOrders.putInt32(header, 8, record.capturedLength);
    ByteOrders.putInt32(header, 12, record.originalLength);
    out.write(header, 0, 16);
    out.write(record.buffer, record.offset, record.capturedLength);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
