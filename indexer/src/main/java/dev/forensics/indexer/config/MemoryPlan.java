package dev.forensics.indexer.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.MemoryShare;
import java.lang.management.ManagementFactory;

/**
 * How the heap of the process is divided: a part serves everybody, and the rest belongs to the
 * sensors, alike. Of a sensor's part, flows have four fifths, and what else it remembers one
 * ({@link MemoryShare}).
 *
 * @param heapBytes what -Xmx says
 * @param sensors how many share it, 1 or more
 */
public record MemoryPlan(long heapBytes, int sensors) {
  private static final long MEBIBYTE = 1L << 20;

  /** Documents under way to Elasticsearch, of all sensors together, in bytes. */
  public static final int DOCUMENT_BYTES = 32 << 20;

  /**
   * What no sensor has for itself, in bytes: new objects (96 MiB), code and prefix lists (16 MiB),
   * documents under way. docs/operations.md tells it.
   */
  static final long OTHERS_BYTES = (112L << 20) + DOCUMENT_BYTES;

  /** With less for its flows, a sensor could not work at all. */
  static final long LEAST_FLOW_BYTES = 8L << 20;

  /** Packets of a sensor that are under way between threads, in bytes. */
  private static final long PACKET_BYTES = 8 * MEBIBYTE;

  /** The plan for so many sensors in the heap of this process. */
  public static MemoryPlan ofThisProcess(int sensors) {
    return new MemoryPlan(heapOfThisProcess(), Math.max(1, sensors));
  }

  /** What -Xmx says; {@link Runtime#maxMemory} leaves a part of the young generation out. */
  static long heapOfThisProcess() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return machine == null
        ? Runtime.getRuntime().maxMemory()
        : Long.parseLong(machine.getVMOption("MaxHeapSize").getValue());
  }

  /** What each sensor may remember beside its flows. */
  public MemoryShare share() {
    return MemoryShare.within((heapBytes - fixed()) / sensors / 5);
  }

  /** The defaults, where the bounds in bytes are at most what each sensor has for its flows. */
  public FlowSettings fitted(FlowSettings defaults) {
    long part = Math.max(LEAST_FLOW_BYTES, forFlows() / sensors & -MEBIBYTE);
    return defaults.withBytes(
        Math.min(defaults.maxBytes(), part), Math.min(defaults.reassemblyBytesTotal(), part / 4));
  }

  /** What there is for the flows of all sensors, in bytes; may be less than nothing. */
  long forFlows() {
    return heapBytes - fixed() - sensors * share().bytes();
  }

  /** A heap that has so much for the flows of all sensors, in bytes. */
  long heapFor(long flowBytes) {
    return flowBytes + fixed() + sensors * MemoryShare.WHOLE.bytes();
  }

  private long fixed() {
    return OTHERS_BYTES + sensors * PACKET_BYTES;
  }
}
