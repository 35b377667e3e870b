package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.flow.FlowTable;

/** Takes what one worker finds. */
interface WorkerFindings extends FindingSink {
  /** Told before the first packet whose findings come. */
  default void of(FlowTable worker) {}
}
