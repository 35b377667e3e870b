package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.forensics.indexer.capture.PacketRecord;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeAllocationTest {
  private static final int ROUNDS = 20_000;

  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();
  private final List<PacketRecord> records =
      List.of(
          record(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(1, 443).payload("x")),
          record(PacketBuilder.ethernet().vlan(1).ipv6("::1", "::2").udp(1, 53).payload("x")),
          record(PacketBuilder.ethernet().header(0x0806, 0, new byte[28])),
          record(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(1, 4789).payload("x")),
          record(
              PacketBuilder.ethernet()
                  .ipv4("10.0.0.1", "10.0.0.2")
                  .vxlan(1)
                  .innerEthernet()
                  .ipv4("10.0.0.3", "10.0.0.4")
                  .icmp(8, 0)));

  private static PacketRecord record(PacketBuilder packet) {
    return PacketBuilder.record(packet.build(), 0);
  }

  @Test
  void shouldAllocateNothingPerPacket() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    decodeAll();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    long baseline = threads.getThreadAllocatedBytes(thread) - before;
    before = threads.getThreadAllocatedBytes(thread);
    decodeAll();
    long allocated = threads.getThreadAllocatedBytes(thread) - before - baseline;
    // less than a byte per thousand packets: nothing that grows with them
    assertThat(allocated).isLessThan(records.size() * ROUNDS / 1000);
    assertThat(decoder.counters().packets()).isEqualTo(2L * ROUNDS * records.size());
  }

  private void decodeAll() {
    for (int i = 0; i < ROUNDS; i++) {
      for (int k = 0; k < records.size(); k++) {
        decoder.decode(records.get(k), packet);
      }
    }
  }
}
