package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a pcapng file of one little-endian section: an interface with nanosecond times for each
 * link type, described when its first record comes, and enhanced packet blocks. Goes to a stream in
 * one pass; closing closes the stream.
 */
public final class PcapngWriter implements Closeable {
  /** An option's length is a 16-bit number; longer comments are cut at a whole character. */
  static final int MAX_COMMENT = 0xFFFF;

  private static final String APPLICATION = "Forensics Indexer";
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int INTERFACE = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_APPLICATION = 4;
  private static final int OPTION_RESOLUTION = 9;
  private static final int PACKET_HEADER = 28;
  private static final int END_OF_OPTIONS = 4;
  private static final int NANO_EXPONENT = 9;

  private final OutputStream out;
  private final List<Integer> linkTypes = new ArrayList<>();
  private final byte[] header = new byte[PACKET_HEADER];
  private final byte[] zeros = new byte[4];

  /**
   * Writes the section header.
   *
   * @param comment of the whole file; may be empty
   */
  public PcapngWriter(OutputStream out, String comment) throws IOException {
    this.out = out;
    byte[] application = APPLICATION.getBytes(StandardCharsets.UTF_8);
    byte[] text = commentBytes(comment);
    int options = optionLength(application) + commentLength(text) + END_OF_OPTIONS;
    int total = 24 + options + 4;
    begin(PcapngForm.SECTION_HEADER, total);
    ByteOrders.putInt32(header, 8, BYTE_ORDER_MAGIC);
    ByteOrders.putInt16(header, 12, 1);
    ByteOrders.putInt16(header, 14, 0);
    // A section length of -1: not known, since the file is written in one pass.
    ByteOrders.putInt32(header, 16, -1);
    ByteOrders.putInt32(header, 20, -1);
    out.write(header, 0, 24);
    writeOption(OPTION_APPLICATION, application);
    if (text.length > 0) {
      writeOption(OPTION_COMMENT, text);
    }
    out.write(zeros, 0, END_OF_OPTIONS);
    end(total);
  }

  /** Writes a record without a comment. */
  public void write(PacketRecord record) throws IOException {
    write(record, "");
  }

  /**
   * Writes a record.
   *
   * @param comment shown with the packet; may be empty; cut past {@value #MAX_COMMENT} bytes
   */
  public void write(PacketRecord record, String comment) throws IOException {
    int number = interfaceFor(record.linkType);
    byte[] text = commentBytes(comment);
    int padding = -record.capturedLength & 3;
    int options = text.length == 0 ? 0 : optionLength(text) + END_OF_OPTIONS;
    int total = PACKET_HEADER + record.capturedLength + padding + options + 4;
    begin(ENHANCED_PACKET, total);
    ByteOrders.putInt32(header, 8, number);
    ByteOrders.putInt32(header, 12, (int) (record.timestampNanos >>> 32));
    ByteOrders.putInt32(header, 16, (int) record.timestampNanos);
    ByteOrders.putInt32(header, 20, record.capturedLength);
    ByteOrders.putInt32(header, 24, record.originalLength);
    out.write(header, 0, PACKET_HEADER);
    out.write(record.buffer, record.offset, record.capturedLength);
    out.write(zeros, 0, padding);
    if (text.length > 0) {
      writeOption(OPTION_COMMENT, text);
      out.write(zeros, 0, END_OF_OPTIONS);
    }
    end(total);
  }

  private int interfaceFor(int linkType) throws IOException {
    int number = linkTypes.indexOf(linkType);
    if (number >= 0) {
      return number;
    }
    linkTypes.add(linkType);
    int total = 16 + optionLength(new byte[1]) + END_OF_OPTIONS + 4;
    begin(INTERFACE, total);
    ByteOrders.putInt16(header, 8, linkType);
    ByteOrders.putInt16(header, 10, 0);
    // A snap length of 0: no limit.
    ByteOrders.putInt32(header, 12, 0);
    out.write(header, 0, 16);
    writeOption(OPTION_RESOLUTION, new byte[] {NANO_EXPONENT});
    out.write(zeros, 0, END_OF_OPTIONS);
    end(total);
    return linkTypes.size() - 1;
  }

  private static byte[] commentBytes(String comment) {
    byte[] bytes = comment.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_COMMENT) {
      return bytes;
    }
    int end = MAX_COMMENT;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static int commentLength(byte[] text) {
    return text.length == 0 ? 0 : optionLength(text);
  }

  private static int optionLength(byte[] value) {
    return 4 + ((value.length + 3) & ~3);
  }

  private void begin(int type, int total) {
    ByteOrders.putInt32(header, 0, type);
    ByteOrders.putInt32(header, 4, total);
  }

  private void writeOption(int code, byte[] value) throws IOException {
    ByteOrders.putInt16(header, 0, code);
    ByteOrders.putInt16(header, 2, value.length);
    out.write(header, 0, 4);
    out.write(value);
    out.write(zeros, 0, -value.length & 3);
  }

  private void end(int total) throws IOException {
    ByteOrders.putInt32(header, 0, total);
    out.write(header, 0, 4);
  }

  /** Hands everything that was written on to the stream behind. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
