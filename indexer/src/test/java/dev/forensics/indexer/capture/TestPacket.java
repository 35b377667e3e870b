package dev.forensics.indexer.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A packet as a test wrote it, and as a reader should give it back.
 *
 * @param bytes the captured bytes; compared by content
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look into it
public record TestPacket(
    int linkType, int interfaceId, long nanos, int originalLength, byte[] bytes) {
  public static final long START = 1_700_000_000_000_000_000L;

  /** Ethernet packets of seeded lengths and bytes, a whole number of microseconds apart. */
  static List<TestPacket> some(long seed, int count, int longest) {
    Random random = new Random(seed);
    List<TestPacket> packets = new ArrayList<>();
    long nanos = START;
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(longest)];
      random.nextBytes(bytes);
      packets.add(new TestPacket(1, 0, nanos, bytes.length + random.nextInt(3), bytes));
      nanos += 1000L * random.nextInt(2_000_000);
    }
    return packets;
  }

  /** The packet of a record, copied. */
  public static TestPacket copyOf(PacketRecord record) {
    byte[] bytes =
        Arrays.copyOfRange(record.buffer, record.offset, record.offset + record.capturedLength);
    return new TestPacket(
        record.linkType, record.interfaceId, record.timestampNanos, record.originalLength, bytes);
  }

  /** A record that views the bytes. */
  public PacketRecord toRecord() {
    PacketRecord record = new PacketRecord();
    record.buffer = bytes;
    record.capturedLength = bytes.length;
    record.originalLength = originalLength;
    record.timestampNanos = nanos;
    record.linkType = linkType;
    record.interfaceId = interfaceId;
    return record;
  }

  /** The same packet at another time. */
  public TestPacket at(long otherNanos) {
    return new TestPacket(linkType, interfaceId, otherNanos, originalLength, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TestPacket packet
        && linkType == packet.linkType
        && interfaceId == packet.interfaceId
        && nanos == packet.nanos
        && originalLength == packet.originalLength
        && Arrays.equals(bytes, packet.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes) + Long.hashCode(nanos);
  }

  @Override
  public String toString() {
    return "%d bytes of %d at %d, link type %d, interface %d, hash %x"
        .formatted(
            bytes.length, originalLength, nanos, linkType, interfaceId, Arrays.hashCode(bytes));
  }
}
