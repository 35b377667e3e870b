package dev.forensics.indexer.capture;

/** What the readers of both formats can do beyond reading on. */
interface PositionedReader extends CaptureReader {
  /**
   * Goes to a position that {@link #position()} returned before; only forward when compressed.
   *
   * @throws CaptureException when the capture is shorter or broken before it, or where it can be
   *     told, when no record ends there
   */
  void resume(long position) throws CaptureException;

  /**
   * Goes to the record at a position, or stays before it when the format cannot go there.
   *
   * @param position behind the record read last
   * @param section {@link PacketRecord#section} of that record, NO_SECTION when it is not known
   */
  void approach(long position, long section) throws CaptureException;

  /** What becomes of zeros where a record should begin. */
  Holes holes();

  /** What the file says wrongly of itself and is read otherwise, in words; null when nothing. */
  default String oddity() {
    return null;
  }

  /** What the file has said so far of the interfaces it was written at. */
  default CaptureInterfaces interfaces() {
    return CaptureInterfaces.NONE;
  }

  /** The exception for a fault at a place of this capture. */
  CaptureException fault(long position, String problem);
}
