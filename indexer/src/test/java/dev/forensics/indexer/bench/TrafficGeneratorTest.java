package dev.forensics.indexer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficGeneratorTest {
  private static final int FLOWS = 800;
  private static final long BYTES = 20_000_000;

  @TempDir Path folder;

  @Test
  void shouldWriteAboutTheSizeAndFlowsAskedFor() throws IOException {
    Path path = folder.resolve("traffic.pcap");
    long packets = TrafficGenerator.write(path, BYTES, FLOWS, 7);
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat((double) file.capacity()).isBetween(BYTES * 0.95, BYTES * 1.1);
    assertThat(file.capacity() / packets).isBetween(480L, 680L);
    Set<String> flows = new HashSet<>();
    long previous = 0;
    int at = 24;
    while (at < file.capacity()) {
      long micros = file.getInt(at) * 1_000_000L + file.getInt(at + 4);
      assertThat(micros).isGreaterThanOrEqualTo(previous);
      previous = micros;
      int length = file.getInt(at + 8);
      assertThat(length).isBetween(42, 1514).isEqualTo(file.getInt(at + 12));
      assertThat(checksum(file, at + 30, 20)).as("IP checksum at %d", at).isZero();
      flows.add(flow(file, at + 30));
      packets--;
      at += 16 + length;
    }
    assertThat(packets).isZero();
    assertThat(flows).hasSize(FLOWS);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameSeed() throws IOException {
    Path one = folder.resolve("one.pcap");
    Path two = folder.resolve("two.pcap");
    Path other = folder.resolve("other.pcap");
    TrafficGenerator.write(one, 2_000_000, 50, 1);
    TrafficGenerator.write(two, 2_000_000, 50, 1);
    TrafficGenerator.write(other, 2_000_000, 50, 2);
    assertThat(one).hasSameBinaryContentAs(two);
    assertThat(Files.mismatch(one, other)).isNotNegative();
  }

  private static int checksum(ByteBuffer file, int offset, int length) {
    int sum = 0;
    for (int i = 0; i < length; i += 2) {
      sum += Short.reverseBytes(file.getShort(offset + i)) & 0xFFFF;
    }
    while (sum > 0xFFFF) {
      sum = (sum >>> 16) + (sum & 0xFFFF);
    }
    return ~sum & 0xFFFF;
  }

  private static String flow(ByteBuffer file, int ip) {
    String source = file.getInt(ip + 12) + ":" + file.getShort(ip + 20);
    String destination = file.getInt(ip + 16) + ":" + file.getShort(ip + 22);
    boolean smallerFirst = source.compareTo(destination) < 0;
    return file.get(ip + 9) + (smallerFirst ? source + destination : destination + source);
  }
}
