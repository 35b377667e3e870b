package dev.forensics.indexer.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes pcap files of every variant, apart from the product's own writer. */
record TestPcap(int magic, boolean bigEndian, int minorVersion) {
  static final int MICROSECONDS = 0xA1B2C3D4;
  static final int NANOSECONDS = 0xA1B23C4D;
  static final int KUZNETZOV = 0xA1B2CD34;
  static final int IXIA_HARDWARE = 0x1C0001AC;
  static final int IXIA_SOFTWARE = 0x1C0001AB;

  static TestPcap littleEndian() {
    return new TestPcap(MICROSECONDS, false, 4);
  }

  private boolean isNanos() {
    return magic == NANOSECONDS || magic == IXIA_HARDWARE;
  }

  private boolean isIxia() {
    return magic == IXIA_HARDWARE || magic == IXIA_SOFTWARE;
  }

  byte[] file(List<TestPacket> packets) {
    int size = 64 + packets.stream().mapToInt(packet -> 24 + packet.bytes().length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    out.putInt(magic).putShort((short) 2).putShort((short) minorVersion);
    // The upper half of the link type holds the length of the FCS, which is no part of it.
    out.putInt(0).putInt(0).putInt(65535).putInt(0xF400_0000 | packets.get(0).linkType());
    if (isIxia()) {
      out.putInt(size);
    }
    packets.forEach(packet -> record(out, packet));
    byte[] file = new byte[out.position()];
    out.get(0, file);
    return file;
  }

  private void record(ByteBuffer out, TestPacket packet) {
    out.putInt((int) (packet.nanos() / 1_000_000_000));
    out.putInt((int) (packet.nanos() % 1_000_000_000) / (isNanos() ? 1 : 1000));
    boolean swapped = minorVersion < 4;
    out.putInt(swapped ? packet.originalLength() : packet.bytes().length);
    out.putInt(swapped ? packet.bytes().length : packet.originalLength());
    if (magic == KUZNETZOV) {
      out.putInt(3).putShort((short) 0x0800).put((byte) 4).put((byte) 0);
    }
    out.put(packet.bytes());
  }
}
