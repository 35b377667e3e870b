package dev.forensics.indexer.capture;

import java.nio.file.Path;

/**
 * A path that could not be used.
 *
 * @param path as far as it could be resolved
 * @param problem a sentence that names the path and what is wrong
 */
public record CaptureFailure(Path path, String problem) {}
