package dev.forensics.indexer.capture;

/** What may be wrong with a pcapng file, in words. Places are bytes of the uncompressed capture. */
final class PcapngFaults {
  private static final String HERE = ": the file is damaged here";

  private final BlockCursor in;

  PcapngFaults(BlockCursor in) {
    this.in = in;
  }

  CaptureException badLength(long place, int type, int length, int most) {
    return in.fault(
        place,
        "block of type 0x%08x with %d bytes, not within %d and %d"
                .formatted(type, length & 0xFFFF_FFFFL, PcapngForm.SMALLEST_BLOCK, most)
            + HERE);
  }

  CaptureException lengthsDiffer(long place, int first, int second) {
    return in.fault(
        place,
        "the block's two lengths differ, %d and %d"
                .formatted(first & 0xFFFF_FFFFL, second & 0xFFFF_FFFFL)
            + HERE);
  }

  CaptureException tooLong(long place, int total, int captured) {
    return in.fault(
        place,
        "packet of %d bytes does not fit its block of %d".formatted(captured & 0xFFFF_FFFFL, total)
            + HERE);
  }

  CaptureException tooBig(long place, int captured) {
    return in.fault(
        place,
        "packet of %d bytes, more than the %d a record may have"
                .formatted(captured, PcapReader.MAX_CAPTURED)
            + HERE);
  }

  CaptureException noInterface(long place, int number, int described) {
    return in.fault(
        place,
        "packet of interface %d, but the section has described %d"
            .formatted(number & 0xFFFF_FFFFL, described));
  }
}
