package dev.forensics.indexer.capture;

/** What may be wrong with a pcapng file, in words. Places are bytes of the uncompressed capture. */
final class PcapngFaults {
  private final BlockCursor in;

  PcapngFaults(BlockCursor in) {
    this.in = in;
  }

  DamagedRecordException badLength(long place, int type, int length, int most) {
    return in.damage(
        place,
        "block of type 0x%08x with %d bytes, not within %d and %d"
            .formatted(type, length & 0xFFFF_FFFFL, PcapngForm.SMALLEST_BLOCK, most));
  }

  DamagedRecordException lengthsDiffer(long place, int first, int second) {
    return in.damage(
        place,
        "the block's two lengths differ, %d and %d"
            .formatted(first & 0xFFFF_FFFFL, second & 0xFFFF_FFFFL));
  }

  DamagedRecordException tooLong(long place, int total, int captured) {
    return in.damage(
        place,
        "packet of %d bytes does not fit its block of %d"
            .formatted(captured & 0xFFFF_FFFFL, total));
  }

  DamagedRecordException tooBig(long place, int captured) {
    return in.damage(
        place,
        "packet of %d bytes, more than the %d a record may have"
            .formatted(captured, PcapReader.MAX_CAPTURED));
  }

  DamagedRecordException disguised(long place, int type, String what) {
    return in.damage(place, "block of type 0x%08x that has the form of a %s".formatted(type, what));
  }

  DamagedRecordException misplaced(long place, int total) {
    return in.damage(place, "block of %d bytes with others within".formatted(total));
  }

  DamagedRecordException noInterface(long place, int number, int described) {
    return in.damage(
        place,
        "packet of interface %d, but the section has described %d"
            .formatted(number & 0xFFFF_FFFFL, described));
  }
}
