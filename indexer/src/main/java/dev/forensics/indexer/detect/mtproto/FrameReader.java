package dev.forensics.indexer.detect.mtproto;

/** Cuts one direction of a TCP transport into messages; keeps the first bytes of each only. */
final class FrameReader {
  private static final int QUICK_ACK = 0x80;
  private static final int LONGEST = 1 << 24;

  private final Framing framing;
  private final boolean fromClient;
  private final CounterMode obfuscation;
  private final byte[] header = new byte[8];
  private final byte[] look = new byte[MtprotoMessages.LOOK_BYTES];
  private int headerLength;
  private int looked;
  private long size = -1;
  private long left;
  private boolean broken;
  private boolean lookEnded;

  /**
   * A reader of one direction.
   *
   * @param obfuscation what it is under; null when it is in the clear
   */
  FrameReader(Framing framing, boolean fromClient, CounterMode obfuscation) {
    this.framing = framing;
    this.fromClient = fromClient;
    this.obfuscation = obfuscation;
  }

  /** True when the bytes stopped making sense. */
  boolean broken() {
    return broken;
  }

  void read(byte[] buffer, int offset, int length, MtprotoMessages messages, long timestampNanos) {
    int at = offset;
    int end = offset + length;
    while (at < end && !broken) {
      if (size < 0) {
        header[headerLength++] = plain(buffer[at++]);
        begin();
      } else {
        int taken = (int) Math.min(left, end - at);
        keep(buffer, at, taken);
        left -= taken;
        at += taken;
      }
      if (size >= 0 && left == 0) {
        complete(messages, timestampNanos);
      }
    }
  }

  private void complete(MtprotoMessages messages, long timestampNanos) {
    int trailer = framing == Framing.FULL ? 4 : 0;
    long total = size - trailer;
    if (total > 0) {
      int available = (int) Math.min(looked, total);
      messages.message(
          fromClient, look, available, total, framing.slack(), true, true, timestampNanos);
    }
    size = -1;
    headerLength = 0;
    looked = 0;
    lookEnded = false;
  }

  private byte plain(byte value) {
    return obfuscation == null ? value : obfuscation.next(value);
  }

  /** Keeps the first bytes of a message; of the others only the number counts. */
  private void keep(byte[] buffer, int at, int length) {
    int taken = lookEnded ? 0 : Math.min(length, look.length - looked);
    for (int i = 0; i < taken; i++) {
      look[looked++] = plain(buffer[at + i]);
    }
    skip(length - taken);
  }

  private void skip(long bytes) {
    if (obfuscation != null) {
      obfuscation.skip(bytes);
    }
  }

  /**
   * Bytes are missing here.
   *
   * @return false when it is not known any more where messages begin
   */
  boolean gap(long lengthBytes, MtprotoMessages messages, long timestampNanos) {
    if (size < 0 || lengthBytes > left) {
      broken = true;
      return false;
    }
    lookEnded = true;
    skip(lengthBytes);
    left -= lengthBytes;
    if (left == 0) {
      complete(messages, timestampNanos);
    }
    return true;
  }

  private void begin() {
    switch (framing) {
      case ABRIDGED -> abridged();
      case INTERMEDIATE, PADDED -> intermediate();
      case FULL -> full();
    }
    if (size >= 0) {
      left = size;
      broken = size > LONGEST;
    }
  }

  private void abridged() {
    int first = header[0] & 0xFF;
    if (!fromClient && (first & QUICK_ACK) != 0) {
      size = headerLength == 4 ? 0 : -1;
      return;
    }
    int words = first & 0x7F;
    if (words != 0x7F) {
      size = words * 4L;
    } else if (headerLength == 4) {
      size = (LittleEndian.int32(header, 0) >>> 8) * 4L;
    }
  }

  private void intermediate() {
    if (headerLength == 4) {
      int number = LittleEndian.int32(header, 0);
      boolean acknowledges = number < 0 && !fromClient;
      size = acknowledges ? 0 : number & 0x7FFF_FFFF;
    }
  }

  private void full() {
    if (headerLength == 8) {
      size = (LittleEndian.int32(header, 0) & 0xFFFF_FFFFL) - 8;
      broken = size < 4;
    }
  }
}
