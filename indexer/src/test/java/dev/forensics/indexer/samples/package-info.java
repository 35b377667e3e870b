/**
 * Makes samples/generated and its part of samples/expected.json: traffic that is too rare, or needs
 * too many machines, to be recorded. Deterministic: the same bytes every time, which {@code
 * SampleCapturesTest} checks; with {@code -Dsamples.update=true} it writes them.
 */
package dev.forensics.indexer.samples;
