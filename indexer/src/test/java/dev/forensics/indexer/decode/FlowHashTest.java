package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowHashTest {
  /**
   * 65536 flows that differ in a few low bits, as a scan's do, into 256 buckets by the lowest and
   * by the highest bits: chi-square with 255 degrees of freedom stays below 350 (p = 0.0001).
   */
  @Test
  void shouldSpreadASweepOfPortsAndAddresses() {
    int[] low = new int[256];
    int[] high = new int[256];
    DecodedPacket packet = new DecodedPacket();
    packet.protocol = 6;
    packet.sourceLow = 0x0A000001L;
    packet.destinationPort = 443;
    for (int host = 0; host < 256; host++) {
      for (int port = 0; port < 256; port++) {
        packet.destinationLow = 0x0A000100L + host;
        packet.sourcePort = 1024 + port;
        FlowHash.set(packet, 0);
        int hash = packet.flowHash;
        low[hash & 0xFF]++;
        high[hash >>> 24]++;
      }
    }
    assertThat(chiSquare(low)).isLessThan(350);
    assertThat(chiSquare(high)).isLessThan(350);
  }

  @Test
  void shouldDependOnTheSeed() {
    DecodedPacket packet = new DecodedPacket();
    packet.sourceLow = 1;
    packet.destinationLow = 2;
    FlowHash.set(packet, 0);
    int flow = packet.flowHash;
    long source = packet.sourceHash;
    FlowHash.set(packet, 0x5DEECE66DL);
    assertThat(packet.flowHash).isNotEqualTo(flow);
    assertThat(packet.sourceHash).isNotEqualTo(source);
  }

  @Test
  @DisplayName("IPv6 addresses whose halves and ports cancel each other out do not meet")
  void shouldTellChosenAddressesApart() {
    Set<Integer> hashes = new HashSet<>();
    DecodedPacket packet = new DecodedPacket();
    for (int i = 0; i < 1000; i++) {
      packet.sourceHigh = 0x20010DB8_00000000L + i;
      packet.sourceLow = Long.rotateLeft(packet.sourceHigh * 0xC2B2AE3D27D4EB4FL, 29);
      packet.sourcePort = i;
      packet.sourceLow ^= ((long) i << 47) ^ ((long) i << 32);
      FlowHash.set(packet, 7);
      hashes.add(packet.flowHash);
    }
    assertThat(hashes).hasSizeGreaterThan(998);
  }

  private static double chiSquare(int[] buckets) {
    double expected = 65536.0 / buckets.length;
    double sum = 0;
    for (int count : buckets) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
