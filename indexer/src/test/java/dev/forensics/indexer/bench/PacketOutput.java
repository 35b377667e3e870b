package dev.forensics.indexer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Writes Ethernet/IPv4 packets to a pcap (microseconds), with right lengths and checksums. */
final class PacketOutput implements Closeable {
  /** TCP payload of a full packet: 1500 without 20 of IP and 32 of TCP. */
  static final int SEGMENT = 1448;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final int RECORD_HEADER = 16;
  private static final int IP = RECORD_HEADER + 14;
  private static final int TRANSPORT = IP + 20;
  private static final int TCP_HEADER = 32;
  private static final int UDP_HEADER = 8;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final FileChannel channel;
  private final byte[] buffer = new byte[4 << 20];
  private final ByteBuffer view = ByteBuffer.wrap(buffer);
  private final byte[] randomBytes = new byte[1 << 20];
  private int at;
  private int randomAt;
  private int sequence;
  private int acknowledgment;
  private int flags;
  private long packets;

  PacketOutput(Path path, Random random) throws IOException {
    channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    random.nextBytes(randomBytes);
    int[] header = {0xA1B2C3D4, 0x0004_0002, 0, 0, 262_144, 1};
    for (int word : header) {
      littleEndian(at, word);
      at += 4;
    }
  }

  long packets() {
    return packets;
  }

  /** The next packet is TCP, with these numbers; otherwise it is UDP. */
  void tcpHeader(int sequenceNumber, int acknowledgmentNumber, int tcpFlags) {
    sequence = sequenceNumber;
    acknowledgment = acknowledgmentNumber;
    flags = tcpFlags;
  }

  /**
   * Writes a packet.
   *
   * @param addresses source in the high half, destination in the low one
   * @param ports the same in 16 bits each
   * @param start first bytes of the payload, the rest is random; null for none
   * @param length of the payload in bytes
   * @return bytes written to the file
   */
  int packet(long timestampNanos, long addresses, int ports, byte[] start, int length)
      throws IOException {
    int header = flags == 0 ? UDP_HEADER : TCP_HEADER;
    int frameLength = 14 + 20 + header + length;
    if (at + RECORD_HEADER + frameLength > buffer.length) {
      writeOut();
    }
    littleEndian(at, (int) (timestampNanos / 1_000_000_000L));
    littleEndian(at + 4, (int) (timestampNanos % 1_000_000_000L / 1000));
    littleEndian(at + 8, frameLength);
    littleEndian(at + 12, frameLength);
    ethernet(at + RECORD_HEADER);
    ip(at + IP, addresses, 20 + header + length);
    payload(at + TRANSPORT + header, start, length);
    transport(at + TRANSPORT, addresses, ports, header + length, (int) (timestampNanos >>> 20));
    at += RECORD_HEADER + frameLength;
    flags = 0;
    packets++;
    return RECORD_HEADER + frameLength;
  }

  private void ethernet(int offset) {
    INT.set(buffer, offset, 0x0200_0000);
    INT.set(buffer, offset + 4, 0x0002_0200);
    INT.set(buffer, offset + 8, 0x0000_0001);
    SHORT.set(buffer, offset + 12, (short) 0x0800);
  }

  private void ip(int offset, long addresses, int totalLength) {
    INT.set(buffer, offset, 0x4500_0000 | totalLength);
    INT.set(buffer, offset + 4, (int) packets << 16 | 0x4000);
    INT.set(buffer, offset + 8, 64 << 24 | (flags == 0 ? UDP : TCP) << 16);
    INT.set(buffer, offset + 12, (int) (addresses >>> 32));
    INT.set(buffer, offset + 16, (int) addresses);
    SHORT.set(buffer, offset + 10, fold(sum(offset, 20)));
  }

  private void payload(int offset, byte[] start, int length) {
    int given = start == null ? 0 : Math.min(start.length, length);
    if (given > 0) {
      System.arraycopy(start, 0, buffer, offset, given);
    }
    if (randomAt + length > randomBytes.length) {
      randomAt = length & 0xFF;
    }
    System.arraycopy(randomBytes, randomAt, buffer, offset + given, length - given);
    randomAt += length;
  }

  private void transport(int offset, long addresses, int ports, int length, int clock) {
    INT.set(buffer, offset, ports);
    int checksumAt = offset + 6;
    if (flags == 0) {
      INT.set(buffer, offset + 4, length << 16);
    } else {
      INT.set(buffer, offset + 4, sequence);
      INT.set(buffer, offset + 8, acknowledgment);
      INT.set(buffer, offset + 12, 0x8000_0000 | flags << 16 | 0xFFFF);
      INT.set(buffer, offset + 16, 0);
      INT.set(buffer, offset + 20, 0x0101_080A); // two of padding, then RFC 7323's timestamps
      INT.set(buffer, offset + 24, clock);
      INT.set(buffer, offset + 28, clock - 1);
      checksumAt = offset + 16;
    }
    long pseudoHeader = (addresses >>> 32) + (addresses & 0xFFFF_FFFFL);
    pseudoHeader += (flags == 0 ? UDP : TCP) + length;
    SHORT.set(buffer, checksumAt, fold(pseudoHeader + sum(offset, length)));
  }

  /** Sum of big endian 32-bit words, a shorter last one padded with zeros. */
  private long sum(int offset, int length) {
    long sum = 0;
    int end = offset + (length & ~3);
    for (int i = offset; i < end; i += 4) {
      sum += (int) INT.get(buffer, i) & 0xFFFF_FFFFL;
    }
    for (int i = 0; i < (length & 3); i++) {
      sum += (long) (buffer[end + i] & 0xFF) << (24 - 8 * i);
    }
    return sum;
  }

  /** The Internet checksum (RFC 1071) of a sum of 32-bit words. */
  private static short fold(long sum) {
    long folded = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
    while (folded > 0xFFFF) {
      folded = (folded >>> 16) + (folded & 0xFFFF);
    }
    return (short) ~folded;
  }

  private void littleEndian(int offset, int value) {
    INT.set(buffer, offset, Integer.reverseBytes(value));
  }

  private void writeOut() throws IOException {
    view.clear().limit(at);
    while (view.hasRemaining()) {
      channel.write(view);
    }
    at = 0;
  }

  @Override
  public void close() throws IOException {
    writeOut();
    channel.close();
  }
}
