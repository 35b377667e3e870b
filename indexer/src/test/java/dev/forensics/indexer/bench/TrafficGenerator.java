package dev.forensics.indexer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a capture for benchmarks: many flows of many kinds at a time, the same bytes for the same
 * arguments, at about the speed of the disk. bench/run calls it.
 *
 * <p>Half of the packets carry bulk in full segments, half are small: an average of about 570
 * bytes, which is what a busy access link shows. Of the flows a third are DNS; the sizes of the
 * others are heavy-tailed.
 */
public final class TrafficGenerator {
  private static final int CONCURRENT_FLOWS = 2000;
  private static final long START_NANOS = 1_790_000_000_000_000_000L;
  private static final long GAP_NANOS = 60_000;

  private final Random random;
  private final PacketOutput output;
  private final ArrayDeque<GeneratedFlow> waiting;
  private final List<GeneratedFlow> active = new ArrayList<>(CONCURRENT_FLOWS);
  private long now = START_NANOS;

  private TrafficGenerator(PacketOutput output, long bytes, int flows, long seed) {
    this.output = output;
    random = new Random(seed);
    waiting = plan(bytes, flows);
  }

  /** Arguments: file, size in MB (a million bytes), number of flows, seed. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("usage: TrafficGenerator FILE MEGABYTES FLOWS SEED");
      System.exit(2);
    }
    write(
        Path.of(arguments[0]),
        Long.parseLong(arguments[1]) * 1_000_000,
        Integer.parseInt(arguments[2]),
        Long.parseLong(arguments[3]));
  }

  /**
   * Writes a capture.
   *
   * @param bytes about as long the file will be, within a few percent
   * @return packets written
   */
  public static long write(Path path, long bytes, int flows, long seed) throws IOException {
    try (PacketOutput output = new PacketOutput(path, new Random(seed))) {
      return new TrafficGenerator(output, bytes, flows, seed).run();
    }
  }

  /** Kinds by chance, sizes by a Pareto distribution, scaled so that all together are the size. */
  private ArrayDeque<GeneratedFlow> plan(long bytes, int flows) {
    FlowKind[] kinds = new FlowKind[flows];
    double[] weights = new double[flows];
    Map<FlowKind, Double> sums = new EnumMap<>(FlowKind.class);
    for (int i = 0; i < flows; i++) {
      kinds[i] = FlowKind.byChance(random);
      weights[i] = Math.min(400, Math.pow(1 - random.nextDouble(), -0.85));
      sums.merge(kinds[i], weights[i], Double::sum);
    }
    ArrayDeque<GeneratedFlow> planned = new ArrayDeque<>(flows);
    for (int i = 0; i < flows; i++) {
      double share = kinds[i].shareOfBytes() / sums.get(kinds[i]);
      planned.add(new GeneratedFlow(i, kinds[i], (long) (bytes * share * weights[i]), random));
    }
    return planned;
  }

  private long run() throws IOException {
    while (!waiting.isEmpty() || !active.isEmpty()) {
      while (active.size() < CONCURRENT_FLOWS && !waiting.isEmpty()) {
        active.add(waiting.poll());
      }
      int chosen = random.nextInt(active.size());
      GeneratedFlow flow = active.get(chosen);
      now += random.nextInt((int) (2 * GAP_NANOS));
      now = flow.step(output, now, random);
      if (flow.ended()) {
        active.set(chosen, active.get(active.size() - 1));
        active.remove(active.size() - 1);
      }
    }
    return output.packets();
  }
}
