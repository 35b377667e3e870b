package dev.forensics.indexer.flood;

import com.sun.management.OperatingSystemMXBean;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.config.MemoryPlan;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.NullSink;
import dev.forensics.indexer.pipeline.Ingest;
import dev.forensics.indexer.pipeline.IngestReport;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a flood in a process of its own, as large as the heap's plan allows, and prints what it
 * took: processor time of a run over n packets, and of one over 2n.
 */
final class FloodRun {
  private FloodRun() {}

  /**
   * Runs one flood.
   *
   * @param arguments name of the flood, ordinary packets, a folder to write captures to
   */
  public static void main(String[] arguments) throws Exception {
    Flood flood = Flood.valueOf(arguments[0]);
    int count = flood.packets(Integer.parseInt(arguments[1]));
    Path file = Path.of(arguments[2]).resolve(flood + ".pcap");
    MemoryPlan plan = MemoryPlan.ofThisProcess(1);
    SensorSettings settings =
        new SensorSettings(
            "flood",
            1,
            plan.fitted(FlowSettings.defaults()),
            DetectionSettings.defaults(),
            TunnelPorts.NONE,
            plan.share());
    run(settings, flood.write(file, count / 4)); // the code gets warm
    long once = nanos(settings, flood.write(file, count));
    long twice = nanos(settings, flood.write(file, 2 * count));
    Files.delete(file);
    System.out.println(once + " " + twice);
  }

  /** The processor time of the quicker one of two runs. */
  private static long nanos(SensorSettings settings, Path file) throws Exception {
    return Math.min(once(settings, file), once(settings, file));
  }

  private static long once(SensorSettings settings, Path file) throws Exception {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = machine.getProcessCpuTime();
    run(settings, file);
    return machine.getProcessCpuTime() - before;
  }

  static IngestReport run(SensorSettings settings, Path file) throws Exception {
    Ingest ingest = new Ingest(SensorAssembly.builtIn(settings), new NullSink());
    return ingest.run(CaptureListing.of(List.of(file)));
  }
}
