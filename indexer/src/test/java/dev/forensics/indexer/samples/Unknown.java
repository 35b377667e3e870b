package dev.forensics.indexer.samples;

import java.util.Random;

/** Bytes that are of no known protocol, whatever the chance. */
final class Unknown {
  private Unknown() {}

  /** Random bytes behind a beginning that nothing begins with. */
  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xC9;
    bytes[1] = (byte) 0x1D;
    bytes[2] = (byte) 0xA7;
    return bytes;
  }
}
