/**
 * Flows to facts and verdicts. Protocols are identified by content on each side separately, never
 * by port; then rules turn facts into verdicts.
 *
 * <p>In: calls of {@link dev.forensics.indexer.flow.FlowObserver}. Out: calls to a {@link
 * dev.forensics.indexer.detect.FindingSink}. It must not know JSON, nor what a field of a document
 * is called.
 *
 * <p>A protocol is a package beside this one and a line in {@code Protocols}; a rule is a file in
 * {@code rule} and a line in {@code Rules}.
 */
package dev.forensics.indexer.detect;
