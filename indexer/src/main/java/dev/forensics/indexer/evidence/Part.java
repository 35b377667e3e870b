package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import java.util.List;

/**
 * What a flow wants of one capture.
 *
 * @param capture which one; null when the file is given
 * @param file the file itself, where it needs no search; null otherwise
 * @param positions of its records, in ascending order and each once
 * @param spans where further records stand among those of other flows, in ascending order and apart
 * @param beforeNanos only records of an earlier packet time than this
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Part(
    CaptureId capture, CaptureFile file, long[] positions, List<Span> spans, long beforeNanos) {

  /** Records of a capture, wherever it lies. */
  static Part of(CaptureId capture, long[] positions, List<Span> spans) {
    return new Part(capture, null, positions, spans, Long.MAX_VALUE);
  }

  /** All records of a file before a packet time. */
  static Part before(CaptureFile file, long beforeNanos) {
    return new Part(null, file, new long[0], List.of(Span.ALL), beforeNanos);
  }
}
