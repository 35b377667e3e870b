package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import java.io.IOException;
import java.util.Set;

/** Tells where captures lie now. Thread-safe. */
public interface CaptureLocator {
  /** Looks at a file that may be the capture that is wanted. */
  @FunctionalInterface
  interface Inspection {
    /**
     * Whether the search for this capture is over.
     *
     * @param candidate a file with the identity that is wanted; other files may have it, too
     * @throws IOException when the whole search is to end
     */
    boolean isEnough(WantedCapture wanted, CaptureFile candidate) throws IOException;
  }

  /**
   * Finds captures by what they are, whatever they are called now. Of each, the files that come
   * into question are shown one after the other, the likeliest first: where its sensor read it,
   * where others did, and anywhere else; none of them twice.
   *
   * @throws IOException when it cannot be said where some lie that are not found otherwise
   */
  void locate(Set<WantedCapture> wanted, Inspection inspection) throws IOException;
}
