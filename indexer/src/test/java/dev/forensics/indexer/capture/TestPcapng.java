package dev.forensics.indexer.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pcapng blocks one by one, apart from the product's own writer. */
final class TestPcapng {
  static final int OPTION_RESOLUTION = 9;
  static final int OPTION_OFFSET = 14;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private boolean bigEndian;

  byte[] bytes() {
    return file.toByteArray();
  }

  TestPcapng section(boolean inBigEndian) {
    bigEndian = inBigEndian;
    ByteBuffer body = body(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0);
    return block(0x0A0D0D0A, body.putLong(-1));
  }

  /** An interface; options are code, value, code, value... */
  TestPcapng describe(int linkType, int snapLength, Object... options) {
    ByteBuffer body = body(256).putShort((short) linkType).putShort((short) 0).putInt(snapLength);
    for (int i = 0; i < options.length; i += 2) {
      option(body, (int) options[i], (byte[]) options[i + 1]);
    }
    return block(1, body.putInt(0));
  }

  /** Statistics of an interface; options are code, value, code, value... */
  TestPcapng statistics(int number, Object... options) {
    ByteBuffer body = body(512).putInt(number).putLong(0);
    for (int i = 0; i < options.length; i += 2) {
      option(body, (int) options[i], (byte[]) options[i + 1]);
    }
    return block(5, body.putInt(0));
  }

  byte[] int64(long value) {
    return written(body(8).putLong(value));
  }

  private static void option(ByteBuffer body, int code, byte[] value) {
    body.putShort((short) code).putShort((short) value.length).put(value);
    pad(body);
  }

  private static void pad(ByteBuffer body) {
    while (body.position() % 4 != 0) {
      body.put((byte) 0);
    }
  }

  TestPcapng enhanced(int number, long ticks, TestPacket packet, String comment) {
    ByteBuffer body = body(64 + packet.bytes().length + comment.length()).putInt(number);
    packet(body, ticks, packet);
    if (!comment.isEmpty()) {
      option(body, 1, comment.getBytes(StandardCharsets.US_ASCII));
      body.putInt(0);
    }
    return block(6, body);
  }

  /** A packet before which so many others are missing. */
  TestPcapng enhanced(int number, long ticks, TestPacket packet, long missing) {
    ByteBuffer body = body(64 + packet.bytes().length).putInt(number);
    packet(body, ticks, packet);
    option(body, 4, int64(missing));
    return block(6, body.putInt(0));
  }

  TestPcapng obsolete(int number, long ticks, TestPacket packet) {
    ByteBuffer body = body(64 + packet.bytes().length);
    packet(body.putShort((short) number).putShort((short) 7), ticks, packet);
    return block(2, body);
  }

  private static void packet(ByteBuffer body, long ticks, TestPacket packet) {
    body.putInt((int) (ticks >>> 32)).putInt((int) ticks);
    body.putInt(packet.bytes().length).putInt(packet.originalLength()).put(packet.bytes());
    pad(body);
  }

  TestPcapng simple(TestPacket packet) {
    ByteBuffer body = body(16 + packet.bytes().length).putInt(packet.originalLength());
    body.put(packet.bytes());
    pad(body);
    return block(3, body);
  }

  /** A block of any type with a body of a length. */
  TestPcapng other(int type, int bodyLength) {
    ByteBuffer body = body(bodyLength + 4);
    for (int i = 0; i < bodyLength; i++) {
      body.put((byte) i);
    }
    pad(body);
    return block(type, body);
  }

  private ByteBuffer body(int size) {
    ByteBuffer body = ByteBuffer.allocate(size);
    return body.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private TestPcapng block(int type, ByteBuffer body) {
    int total = 12 + body.position();
    ByteBuffer block = body(total).putInt(type).putInt(total);
    block.put(written(body)).putInt(total);
    file.writeBytes(written(block));
    return this;
  }

  private static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }
}
