package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.PacketRecord;
import java.util.Arrays;
import java.util.List;

/**
 * What a flow wants of one capture.
 *
 * @param capture which one; null when the file is given
 * @param file the file itself, where it needs no search; null otherwise
 * @param positions of its records, in ascending order and each once
 * @param spans where further records stand among those of other flows, in ascending order and apart
 * @param sections where the pcapng sections begin that these records stand in, in ascending order;
 *     with NO_SECTION of {@link PacketRecord} when some are not known; empty when the beginning of
 *     the capture is wanted
 * @param beforeNanos only records of an earlier packet time than this
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Part(
    WantedCapture capture,
    CaptureFile file,
    long[] positions,
    List<Span> spans,
    long[] sections,
    long beforeNanos) {

  /** Records of a capture, wherever it lies. */
  static Part of(WantedCapture capture, long[] positions, List<Span> spans, long[] sections) {
    return new Part(capture, null, positions, spans, sections, Long.MAX_VALUE);
  }

  /** All records of a file before a packet time. */
  static Part before(CaptureFile file, long beforeNanos) {
    return new Part(null, file, new long[0], List.of(Span.ALL), new long[0], beforeNanos);
  }

  /** Some of its records. */
  Part only(long[] somePositions, List<Span> someSpans) {
    return new Part(capture, file, somePositions, someSpans, sections, beforeNanos);
  }

  /** Start of the section around one of the wanted records; NO_SECTION when it is not known. */
  long section(long position) {
    if (sections.length == 0 || sections[0] == PacketRecord.NO_SECTION) {
      return PacketRecord.NO_SECTION;
    }
    int at = Arrays.binarySearch(sections, position);
    // A record's own section is among them, so it is the last one before it.
    int index = at >= 0 ? at : -at - 2;
    return index < 0 ? PacketRecord.NO_SECTION : sections[index];
  }
}
