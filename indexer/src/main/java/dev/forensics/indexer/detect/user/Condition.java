package dev.forensics.indexer.detect.user;

/** What a user rule asks of a flow. */
@FunctionalInterface
interface Condition {
  /** True when the flow fulfils it. */
  boolean holds(FlowView view);
}
