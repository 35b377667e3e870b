package dev.forensics.indexer.capture;

/** Is told of captures that are broken or damaged while several are read. */
@FunctionalInterface
public interface CaptureFailureListener {
  /**
   * A capture cannot be read on; what came before stays valid, the other captures go on.
   *
   * @param captureIndex its place in the list of captures
   * @param problem names the file, the place and what is wrong
   */
  void captureFailed(int captureIndex, CaptureException problem);

  /**
   * A damaged place was passed over; the record that is handed out next stands behind it.
   *
   * @param captureIndex as above
   * @param damage says the place
   */
  default void captureDamaged(int captureIndex, CaptureDamage damage) {}

  /**
   * A capture says something of itself that is not so, and is read otherwise.
   *
   * @param captureIndex as above
   * @param words a sentence that names the file
   */
  default void captureOdd(int captureIndex, String words) {}
}
