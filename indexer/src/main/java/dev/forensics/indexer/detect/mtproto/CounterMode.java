package dev.forensics.indexer.detect.mtproto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode, from which any stretch can be left out: of a long message only the first
 * bytes are of use. Can be made again from where it stands.
 */
final class CounterMode {
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  private final byte[] secret;
  private long position;
  private transient Cipher cipher;
  private transient byte[] counter;
  private transient byte[] block;
  private transient long blockNumber;

  /**
   * Begins a stream.
   *
   * @param secret 32 bytes of key and 16 of the counter's first value
   */
  CounterMode(byte[] secret) {
    this.secret = secret;
  }

  /** Decrypts the next byte. */
  byte next(byte encrypted) {
    long number = position / BLOCK;
    if (cipher == null || number != blockNumber) {
      make(number);
    }
    return (byte) (encrypted ^ block[(int) (position++ % BLOCK)]);
  }

  /** Leaves bytes out. */
  void skip(long bytes) {
    position += bytes;
  }

  private void make(long number) {
    try {
      if (cipher == null) {
        cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, 0, KEY, "AES"));
        counter = new byte[BLOCK];
        block = new byte[BLOCK];
      }
      long carry = number;
      for (int i = BLOCK - 1; i >= 0; i--) {
        carry += secret[KEY + i] & 0xFF;
        counter[i] = (byte) carry;
        carry >>>= 8;
      }
      cipher.update(counter, 0, BLOCK, block, 0);
      blockNumber = number;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES", e);
    }
  }
}
