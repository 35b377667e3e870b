package dev.forensics.indexer.capture;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a capture says of the interfaces that it was written at: pcapng's names and statistics, of
 * all its sections together. The capture's writer counted; -1 where it told nothing.
 *
 * @param names of the interfaces, each once, in order; the first {@link InterfaceCounts#MOST_NAMES}
 * @param received packets that came in at the interfaces (isb_ifrecv)
 * @param droppedByInterface packets that the interfaces dropped (isb_ifdrop), or that packets'
 *     blocks say were lost before them
 * @param droppedBySystem packets that the writer's system dropped (isb_osdrop)
 * @param delivered packets that were handed to the writer (isb_usrdeliv)
 * @param misplaced statistics of an interface that no block before them describes; they count
 *     nowhere else
 */
public record CaptureInterfaces(
    List<String> names,
    long received,
    long droppedByInterface,
    long droppedBySystem,
    long delivered,
    long misplaced) {
  /** Of a capture that says nothing. */
  public static final CaptureInterfaces NONE = new CaptureInterfaces(List.of(), -1, -1, -1, -1, 0);

  /** Packets that are not in the capture since they were dropped; 0 when none was told. */
  public long dropped() {
    long sum = Math.max(0, droppedByInterface) + Math.max(0, droppedBySystem);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** What other sections of the capture say as well. */
  CaptureInterfaces and(CaptureInterfaces other) {
    Set<String> all = new LinkedHashSet<>(names);
    all.addAll(other.names);
    return new CaptureInterfaces(
        all.stream().limit(InterfaceCounts.MOST_NAMES).toList(),
        sum(received, other.received),
        sum(droppedByInterface, other.droppedByInterface),
        sum(droppedBySystem, other.droppedBySystem),
        sum(delivered, other.delivered),
        misplaced + other.misplaced);
  }

  private static long sum(long one, long other) {
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return one + other < 0 ? Long.MAX_VALUE : one + other;
  }

  /** What was lost, in words; to follow the capture's path. */
  public String words() {
    return "%d packets are not in it: %d dropped by the interface, %d by the system%s"
        .formatted(
            dropped(),
            Math.max(0, droppedByInterface),
            Math.max(0, droppedBySystem),
            names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
  }
}
