package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureId;

/**
 * A capture as a document names it: what it is, and who read it.
 *
 * @param sensor observer.name; empty when the document does not say it
 * @param id identity of the capture
 */
public record WantedCapture(String sensor, CaptureId id) {}
