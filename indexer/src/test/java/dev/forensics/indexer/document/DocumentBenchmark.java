package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Documents per second and core: a flow without facts, one with HTTP and MTProto, an alarm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DocumentBenchmark {
  private final DocumentContext context = SampleDocuments.context();
  private final FlowDocuments flows = new FlowDocuments(context);
  private final AlarmDocuments alarms = new AlarmDocuments(context, new FirstAlarms());
  private final Flow simple = SampleFlows.dns();
  private final Flow http = SampleFlows.http();
  private final FlowFacts nothing = new FlowFacts();
  private final FlowFacts telegram = SampleFacts.telegram();
  private final Verdict verdict = SampleFacts.verdict(null);
  private final List<Verdict> verdicts = List.of(verdict);

  /** A UDP flow of one packet, nothing known of it. */
  @Benchmark
  public EcsDocument simpleFlow() {
    return flows.write(simple, nothing, List.of());
  }

  /** A TCP flow of seven packets with HTTP, MTProto and an alarm. */
  @Benchmark
  public EcsDocument httpFlow() {
    return flows.write(http, telegram, verdicts);
  }

  /** The alarm about it. */
  @Benchmark
  public EcsDocument alarm() {
    return alarms.write(http, telegram, verdict);
  }

  /** Runs it with the allocation profiler. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(DocumentBenchmark.class.getSimpleName())
                .addProfiler("gc")
                .build())
        .run();
  }
}
