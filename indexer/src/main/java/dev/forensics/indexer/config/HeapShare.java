package dev.forensics.indexer.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.forensics.indexer.flow.FlowSettings;
import java.lang.management.ManagementFactory;

/**
 * How the heap of the process is divided: 224 MiB serve everybody (code, prefix lists, names,
 * fragments, packets and documents under way), the rest is for the flows of the sensors.
 *
 * @param heapBytes what -Xmx says
 * @param sensors how many share it, 1 or more
 */
public record HeapShare(long heapBytes, int sensors) {
  /** What the flows do not get, in bytes; docs/operations.md tells it. */
  static final long OTHERS_BYTES = 224L << 20;

  /** With less, a sensor could not work at all. */
  static final long LEAST_FLOW_BYTES = 16L << 20;

  /** The share of each of so many sensors in the heap of this process. */
  public static HeapShare ofThisProcess(int sensors) {
    return new HeapShare(heapOfThisProcess(), Math.max(1, sensors));
  }

  /** What -Xmx says; {@link Runtime#maxMemory} leaves a part of the young generation out. */
  static long heapOfThisProcess() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return machine == null
        ? Runtime.getRuntime().maxMemory()
        : Long.parseLong(machine.getVMOption("MaxHeapSize").getValue());
  }

  /** The defaults, where the bounds in bytes are at most what each sensor's share is. */
  public FlowSettings fitted(FlowSettings defaults) {
    long share = Math.max(LEAST_FLOW_BYTES, forFlows() / sensors);
    return defaults.withBytes(
        Math.min(defaults.maxBytes(), share), defaults.reassemblyBytesTotal() / sensors);
  }

  /** What there is for the flows of all sensors, in bytes. */
  long forFlows() {
    return Math.max(LEAST_FLOW_BYTES, heapBytes - OTHERS_BYTES);
  }
}
