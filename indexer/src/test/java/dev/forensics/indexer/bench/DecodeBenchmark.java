package dev.forensics.indexer.bench;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.decode.PacketDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Decoded packets per second, cache-resident: 256 packets that differ in address and port. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
  private static final int PACKETS = 256;

  /** What the packets are made of. */
  public enum Traffic {
    TCP4,
    TCP6,
    VLAN_UDP4,
    VXLAN_TCP4
  }

  /** Traffic of this run. */
  @Param public Traffic traffic;

  private final PacketRecord[] records = new PacketRecord[PACKETS];
  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();

  /** Builds the packets, 64 bytes of payload each. */
  @Setup
  public void build() {
    for (int i = 0; i < PACKETS; i++) {
      records[i] = PacketBuilder.record(frame(i).payload(new byte[64]).build(), i);
    }
  }

  private PacketBuilder frame(int i) {
    String source = "10.0.0." + i;
    PacketBuilder ethernet = PacketBuilder.ethernet();
    return switch (traffic) {
      case TCP4 -> ethernet.ipv4(source, "10.1.0.1").tcp(1024 + i, 443);
      case TCP6 -> ethernet.ipv6("2001:db8::" + i, "2001:db8::1").tcp(1024 + i, 443);
      case VLAN_UDP4 -> ethernet.vlan(5).ipv4(source, "10.1.0.1").udp(1024 + i, 53);
      case VXLAN_TCP4 ->
          ethernet
              .ipv4("192.0.2.1", "192.0.2.2")
              .vxlan(9)
              .innerEthernet()
              .ipv4(source, "10.1.0.1")
              .tcp(1024 + i, 443);
    };
  }

  /** One pass over all packets. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int decode() {
    int hash = 0;
    for (PacketRecord record : records) {
      decoder.decode(record, packet);
      hash += packet.flowHash;
    }
    return hash;
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(DecodeBenchmark.class.getName()).build()).run();
  }
}
