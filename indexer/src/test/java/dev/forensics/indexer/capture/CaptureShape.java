package dev.forensics.indexer.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to write the same packets: format, variant, compression.
 *
 * @param file the bytes of the file for some packets
 * @param interfaces what the packets' interface numbers become
 */
public record CaptureShape(String name, Writing file, Numbering interfaces) {
  /** Packets to a file. */
  public interface Writing {
    byte[] of(List<TestPacket> packets);
  }

  /** The interface number that the reader gives for a packet. */
  public interface Numbering {
    int of(int index);
  }

  /** Every format, variant and compression. */
  public static Stream<CaptureShape> all() {
    return Stream.concat(plain(), compressed());
  }

  static Stream<CaptureShape> plain() {
    return Stream.of(
        pcap("pcap", TestPcap.MICROSECONDS, false, 4),
        pcap("pcap big-endian", TestPcap.MICROSECONDS, true, 4),
        pcap("pcap ns", TestPcap.NANOSECONDS, false, 4),
        pcap("pcap ns big-endian", TestPcap.NANOSECONDS, true, 4),
        pcap("pcap Kuznetzov", TestPcap.KUZNETZOV, false, 4),
        pcap("pcap Kuznetzov big-endian", TestPcap.KUZNETZOV, true, 4),
        pcap("pcap IXIA hardware", TestPcap.IXIA_HARDWARE, true, 4),
        pcap("pcap IXIA software", TestPcap.IXIA_SOFTWARE, false, 4),
        pcap("pcap 2.3, lengths swapped", TestPcap.MICROSECONDS, false, 3),
        pcap("pcap 2.2, lengths swapped", TestPcap.MICROSECONDS, false, 2),
        new CaptureShape("pcapng", packets -> enhanced(packets, false), index -> 0),
        new CaptureShape("pcapng big-endian", packets -> enhanced(packets, true), index -> 0),
        new CaptureShape("pcapng of everything", CaptureShape::mixed, index -> index % 3),
        new CaptureShape("pcap written", CaptureShape::written, index -> 0),
        new CaptureShape("pcapng written", CaptureShape::writtenPcapng, index -> 0));
  }

  private static Stream<CaptureShape> compressed() {
    Stream<CaptureShape> one =
        Stream.of(Compression.values())
            .filter(compression -> compression != Compression.NONE)
            .flatMap(CaptureShape::compressedWith);
    return Stream.concat(
        one,
        Stream.of(
            new CaptureShape(
                "LZ4 linked",
                packets -> TestCompression.linkedLz4(TestPcap.littleEndian().file(packets)),
                index -> 0)));
  }

  private static Stream<CaptureShape> compressedWith(Compression compression) {
    return Stream.of(
        new CaptureShape(
            compression + " pcap",
            packets -> TestCompression.compress(compression, TestPcap.littleEndian().file(packets)),
            index -> 0),
        new CaptureShape(
            compression + " pcapng in two parts",
            packets -> TestCompression.inTwoParts(compression, mixed(packets)),
            index -> index % 3));
  }

  private static CaptureShape pcap(String name, int magic, boolean bigEndian, int minor) {
    return new CaptureShape(name, new TestPcap(magic, bigEndian, minor)::file, index -> 0);
  }

  List<TestPacket> expected(List<TestPacket> packets) {
    List<TestPacket> expected = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      TestPacket packet = packets.get(i);
      expected.add(
          new TestPacket(
              packet.linkType(),
              interfaces.of(i),
              packet.nanos(),
              packet.originalLength(),
              packet.bytes()));
    }
    return expected;
  }

  boolean isCompressed() {
    return Stream.of(Compression.values())
        .anyMatch(one -> one != Compression.NONE && name.startsWith(one.name()));
  }

  private static byte[] enhanced(List<TestPacket> packets, boolean bigEndian) {
    TestPcapng file = new TestPcapng().section(bigEndian).describe(packets.get(0).linkType(), 0);
    packets.forEach(packet -> file.enhanced(0, packet.nanos() / 1000, packet, ""));
    return file.bytes();
  }

  /**
   * Three interfaces of different resolution and offset, a section a dozen packets with the byte
   * order taking turns, packet blocks of two types, comments and blocks to be passed over.
   */
  private static byte[] mixed(List<TestPacket> packets) {
    TestPcapng file = new TestPcapng();
    for (int i = 0; i < packets.size(); i++) {
      if (i % 12 == 0) {
        beginMixedSection(file, i % 24 != 0, packets.get(i).linkType());
      }
      TestPacket packet = packets.get(i);
      switch (i % 3) {
        case 0 -> file.enhanced(0, packet.nanos() / 1000, packet, i % 2 == 0 ? "why" : "");
        case 1 -> file.enhanced(1, packet.nanos() * 10, packet, "").other(0x0BAD, 20 + i);
        default -> file.obsolete(2, (packet.nanos() - 3_600_000_000_000L) / 1000, packet);
      }
    }
    return file.other(5, 40).bytes();
  }

  private static void beginMixedSection(TestPcapng file, boolean bigEndian, int linkType) {
    file.section(bigEndian).describe(linkType, 0).other(4, 33);
    file.describe(linkType, 0, TestPcapng.OPTION_RESOLUTION, new byte[] {10});
    file.describe(linkType, 0, TestPcapng.OPTION_OFFSET, file.int64(3600));
  }

  private static byte[] written(List<TestPacket> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapWriter writer = new PcapWriter(out, packets.get(0).linkType())) {
      for (TestPacket packet : packets) {
        writer.write(packet.toRecord());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] writtenPcapng(List<TestPacket> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "of a test")) {
      for (TestPacket packet : packets) {
        writer.write(packet.toRecord(), packet.bytes().length % 2 == 0 ? "even, äöü" : "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
