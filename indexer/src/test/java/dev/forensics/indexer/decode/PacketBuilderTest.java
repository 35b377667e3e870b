package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketBuilderTest {
  /** A header whose checksum is widely published as b861 with the DF bit (0x4000) set. */
  @Test
  void shouldComputeIpv4HeaderChecksum() {
    byte[] packet =
        PacketBuilder.bare()
            .ipv4("192.168.0.1", "192.168.0.199")
            .udp(1, 2)
            .payload(new byte[87])
            .build();
    assertThat(HexFormat.of().formatHex(packet, 0, 20))
        .isEqualTo("45000073000000004011f861c0a80001c0a800c7");
  }

  @Test
  void shouldMakeTransportChecksumsThatSumToZero() {
    byte[] packet = PacketBuilder.bare().ipv6("::1", "::2").udp(0x3039, 53).payload("abc").build();
    int sum = 1 + 2 + 17 + 11;
    for (int i = 40; i < packet.length; i++) {
      sum += (packet[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
    }
    assertThat((sum & 0xFFFF) + (sum >> 16)).isEqualTo(0xFFFF);
  }

  @Test
  void shouldNameInnerLayersAndCountLengths() {
    byte[] frame =
        PacketBuilder.ethernet()
            .vlan(0x88A8, 5)
            .vlan(6)
            .ipv6("fe80::1", "fe80::2")
            .tcp(1, 2)
            .payload("x")
            .padTo(100)
            .build();
    assertThat(HexFormat.of().formatHex(frame, 12, 28))
        .isEqualTo("88a800058100000686dd600000000015");
    assertThat(frame).hasSize(100);
    assertThat(frame[28]).isEqualTo((byte) 6);
  }
}
