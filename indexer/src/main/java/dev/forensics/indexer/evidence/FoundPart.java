package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;

/**
 * What a flow wants of one capture, and the file that has it.
 *
 * @param file the file
 * @param part as far as it stands there
 */
record FoundPart(CaptureFile file, Part part) {}
