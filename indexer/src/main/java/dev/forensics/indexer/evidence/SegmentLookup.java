package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.FlowPackets;
import java.io.IOException;
import java.util.List;

/** Finds the documents of a whole flow. Thread-safe. */
@FunctionalInterface
public interface SegmentLookup {
  /** Knows of none. */
  SegmentLookup NONE = flowId -> List.of();

  /** The flow's segments that are stored, in order. */
  List<FlowPackets> of(String flowId) throws IOException;
}
