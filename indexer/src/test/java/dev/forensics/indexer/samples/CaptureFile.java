package dev.forensics.indexer.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes frames as a pcap (microseconds, little endian) or a pcapng, by the name's ending. */
final class CaptureFile {
  private static final int ETHERNET = 1;
  private static final int SNAP_LENGTH = 262_144;

  private CaptureFile() {}

  static void write(Path path, List<Frame> frames) throws IOException {
    Bytes file = path.toString().endsWith(".pcapng") ? pcapng(frames) : pcap(frames);
    Files.write(path, file.toArray());
  }

  private static Bytes pcap(List<Frame> frames) {
    Bytes file = new Bytes();
    file.littleEndian32(0xA1B2C3D4).littleEndian32(0x0004_0002).littleEndian32(0);
    file.littleEndian32(0).littleEndian32(SNAP_LENGTH).littleEndian32(ETHERNET);
    for (Frame frame : frames) {
      file.littleEndian32((int) (frame.timestampNanos() / 1_000_000_000L));
      file.littleEndian32((int) (frame.timestampNanos() % 1_000_000_000L / 1000));
      file.littleEndian32(frame.bytes().length).littleEndian32(frame.bytes().length);
      file.raw(frame.bytes());
    }
    return file;
  }

  private static Bytes pcapng(List<Frame> frames) {
    Bytes file = new Bytes();
    byte[] section =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x1A2B3C4D)
            .putShort((short) 1)
            .putShort((short) 0)
            .putLong(-1)
            .array();
    block(file, 0x0A0D0D0A, section);
    Bytes network = new Bytes().littleEndian32(ETHERNET).littleEndian32(SNAP_LENGTH);
    option(network, 2, "office".getBytes(StandardCharsets.UTF_8));
    option(network, 9, (byte) 9); // timestamps in nanoseconds
    block(file, 1, network.littleEndian32(0).toArray());
    for (Frame frame : frames) {
      Bytes packet = new Bytes().littleEndian32(0);
      packet.littleEndian32((int) (frame.timestampNanos() >>> 32));
      packet.littleEndian32((int) frame.timestampNanos());
      packet.littleEndian32(frame.bytes().length).littleEndian32(frame.bytes().length);
      block(file, 6, padded(packet, frame.bytes()).toArray());
    }
    return file;
  }

  private static void option(Bytes options, int code, byte... value) {
    options.littleEndian32(value.length << 16 | code);
    padded(options, value);
  }

  private static Bytes padded(Bytes to, byte... content) {
    return to.raw(content).raw(new byte[-content.length & 3]);
  }

  private static void block(Bytes file, int type, byte[] body) {
    int length = body.length + 12;
    file.littleEndian32(type).littleEndian32(length).raw(body).littleEndian32(length);
  }
}
