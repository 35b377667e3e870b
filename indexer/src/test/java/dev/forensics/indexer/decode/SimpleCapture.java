package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.PacketRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads a whole capture into memory, leniently: what is broken ends it. */
final class SimpleCapture {
  private record Interface(int linkType, long unitsPerSecond) {}

  private final byte[] bytes;
  private final ByteBuffer in;
  private final Consumer<PacketRecord> records;
  private final List<Interface> interfaces = new ArrayList<>();

  private SimpleCapture(byte[] bytes, Consumer<PacketRecord> records) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes);
    this.records = records;
  }

  static void read(Path path, Consumer<PacketRecord> records) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    if (bytes.length > 2 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B) {
      try (InputStream gzip = new GZIPInputStream(Files.newInputStream(path))) {
        bytes = gzip.readAllBytes();
      }
    }
    SimpleCapture capture = new SimpleCapture(bytes, records);
    if (bytes.length >= 24 && capture.in.getInt(0) == 0x0A0D0D0A) {
      capture.readPcapng();
    } else if (bytes.length >= 24) {
      capture.readPcap();
    }
  }

  private void readPcap() {
    int magic = in.getInt(0);
    boolean little = (magic & 0xFFFF) != 0xC3D4 && (magic & 0xFFFF) != 0x3C4D;
    boolean swapped = Integer.reverseBytes(magic) == 0xA1B2C3D4;
    boolean nanos = magic == 0xA1B23C4D || Integer.reverseBytes(magic) == 0xA1B23C4D;
    in.order(little || swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int linkType = in.getInt(20) & 0xFFFF;
    int at = 24;
    while (at + 16 <= bytes.length) {
      long time = in.getInt(at) * 1_000_000_000L + in.getInt(at + 4) * (nanos ? 1L : 1000L);
      int captured = in.getInt(at + 8);
      if (captured < 0 || captured > bytes.length - at - 16) {
        return;
      }
      emit(at + 16, captured, in.getInt(at + 12), linkType, time, at);
      at += 16 + captured;
    }
  }

  private void readPcapng() {
    int at = 0;
    while (at + 12 <= bytes.length) {
      if (in.getInt(at) == 0x0A0D0D0A) {
        in.order(ByteOrder.BIG_ENDIAN);
        in.order(in.getInt(at + 8) == 0x1A2B3C4D ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        interfaces.clear();
      }
      int length = in.getInt(at + 4);
      if (length < 12 || length > bytes.length - at) {
        return;
      }
      readBlock(in.getInt(at), at, length);
      at += length;
    }
  }

  private void readBlock(int type, int at, int length) {
    switch (type) {
      case 1 -> interfaces.add(new Interface(in.getShort(at + 8) & 0xFFFF, 1_000_000));
      case 3 -> {
        int captured = Math.min(in.getInt(at + 8), length - 16);
        emit(at + 12, captured, in.getInt(at + 8), interfaces.get(0).linkType(), 0, at);
      }
      case 2, 6 -> readPacket(type, at);
      default -> {}
    }
  }

  private void readPacket(int type, int at) {
    int id = type == 6 ? in.getInt(at + 8) : in.getShort(at + 8) & 0xFFFF;
    Interface from = interfaces.get(id);
    long units = ((in.getInt(at + 12) & 0xFFFFFFFFL) << 32) | (in.getInt(at + 16) & 0xFFFFFFFFL);
    long time = units * (1_000_000_000L / from.unitsPerSecond());
    emit(at + 28, in.getInt(at + 20), in.getInt(at + 24), from.linkType(), time, at);
  }

  private void emit(int offset, int captured, int original, int linkType, long time, int at) {
    PacketRecord record = new PacketRecord();
    record.buffer = bytes;
    record.offset = offset;
    record.capturedLength = captured;
    record.originalLength = Math.max(captured, original);
    record.linkType = linkType;
    record.timestampNanos = time;
    record.position = at;
    records.accept(record);
  }
}
