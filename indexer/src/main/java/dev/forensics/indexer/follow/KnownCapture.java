package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.Compression;
import dev.forensics.indexer.capture.RecordMark;
import dev.forensics.indexer.document.CaptureEntry;

/**
 * What a sensor knows of a capture that it met.
 *
 * @param id its identity
 * @param path where it lay
 * @param sizeBytes length of its file then, as stored
 * @param last the record that was read last; null when none was, or it is not known
 */
record KnownCapture(CaptureId id, String path, long sizeBytes, RecordMark last) {
  static KnownCapture of(CaptureEntry entry) {
    return new KnownCapture(entry.id, entry.path, entry.sizeBytes, entry.lastRecord);
  }

  static KnownCapture of(FollowedCapture followed) {
    CaptureFile file = followed.progress.capture();
    return new KnownCapture(
        file.id(), file.path().toString(), file.sizeBytes(), followed.progress.lastRecord());
  }

  /** Records that were read of it, as far as is known. */
  long records() {
    return last == null ? 0 : last.number();
  }

  /**
   * Whether a file with the same first record may be this capture. A compressed one that lies as it
   * lay is not read through again; one that was cut in its place still is.
   */
  boolean fits(CaptureFile file) {
    try {
      if (id.isBesideAnother() && !file.mayBe(id)) {
        return false;
      }
    } catch (CaptureException e) {
      return false;
    }
    boolean isInItsPlace = file.path().toString().equals(path);
    boolean isAsItWas = isInItsPlace && file.sizeBytes() == sizeBytes;
    if (last == null || (isAsItWas && file.compression() != Compression.NONE)) {
      return true;
    }
    return switch (last.in(file)) {
      case YES -> true;
      case ENDS_BEFORE -> isInItsPlace;
      case NO -> false;
    };
  }
}
