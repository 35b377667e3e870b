package dev.forensics.indexer.bench;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.EstablishedFlows;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.flow.SilentObserver;
import dev.forensics.indexer.flow.SynFlood;
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

/** Packets a second through one flow table on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FlowTableBenchmark {
  private static final int BATCH = 10_000;

  /** Established connections that take turns. */
  @Param({"8", "1024", "32768"})
  public int flows;

  private EstablishedFlows established;
  private SynFlood flood;

  /** Opens the connections, and fills another table to its cap. */
  @Setup
  public void open() {
    established =
        new EstablishedFlows(new FlowTable(FlowSettings.defaults(), new SilentObserver()), flows);
    DecodedPacket p = new DecodedPacket();
    p.ipVersion = 4;
    p.protocol = 6;
    p.buffer = new byte[100];
    FlowSettings capped = FlowSettings.defaults().perWorker(1_000_000 / flows);
    flood = new SynFlood(new FlowTable(capped, new SilentObserver()), p);
    flood.run(flows, false);
  }

  /** Data and acknowledgments of established connections. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void established() {
    established.run(BATCH);
  }

  /** A SYN flood into a full table: a new flow and an eviction for each packet. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void synFlood() {
    flood.run(BATCH, false);
  }
}
