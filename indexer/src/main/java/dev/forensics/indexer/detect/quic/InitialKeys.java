package dev.forensics.indexer.detect.quic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that protect one side's Initial packets (RFC 9001 5.2). They follow from the client's
 * destination connection id, which is on the wire: whoever sees the packet can open it.
 */
final class InitialKeys {
  private static final int TAG_BITS = 128;
  private static final int TAG_BYTES = 16;
  private static final int SAMPLE_OFFSET = 4;
  private static final int HASH_BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  /** Looking an algorithm up takes as long as using it, so each thread does it once. */
  private static final ThreadLocal<Algorithms> ALGORITHMS =
      ThreadLocal.withInitial(InitialKeys::lookUp);

  private final byte[] key;
  private final byte[] iv;
  private final byte[] headerKey;

  private record Algorithms(Mac hmac, Cipher block, Cipher packet) {}

  private static Algorithms lookUp() {
    try {
      return new Algorithms(
          Mac.getInstance(HMAC),
          Cipher.getInstance("AES/ECB/NoPadding"),
          Cipher.getInstance("AES/GCM/NoPadding"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256 and AES", e);
    }
  }

  /** Leaves the algorithm with the secret as its key. */
  private InitialKeys(Mac hmac, byte[] secret, String label) throws GeneralSecurityException {
    hmac.init(new SecretKeySpec(secret, HMAC));
    key = expandLabel(hmac, label + "key", 16);
    iv = expandLabel(hmac, label + "iv", 12);
    headerKey = expandLabel(hmac, label + "hp", 16);
  }

  /** Keys of what the client sends. */
  static InitialKeys client(QuicVersion version, byte[] buffer, int offset, int length) {
    return of(version, buffer, offset, length, "client in");
  }

  /** Keys of what the server sends. */
  static InitialKeys server(QuicVersion version, byte[] buffer, int offset, int length) {
    return of(version, buffer, offset, length, "server in");
  }

  private static InitialKeys of(
      QuicVersion version, byte[] buffer, int offset, int length, String side) {
    try {
      Mac hmac = ALGORITHMS.get().hmac();
      hmac.init(new SecretKeySpec(version.salt(), HMAC));
      hmac.update(buffer, offset, length);
      hmac.init(new SecretKeySpec(hmac.doFinal(), HMAC));
      return new InitialKeys(hmac, expandLabel(hmac, side, HASH_BYTES), version.label());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /**
   * Removes header protection and opens the packet.
   *
   * @param packet offset of the packet's first byte
   * @param number offset of its packet number, still protected
   * @param length bytes from the packet number to the end of the packet, at least 20
   * @return the frames, or null when the keys do not open it
   */
  byte[] open(byte[] buffer, int packet, int number, int length) {
    try {
      byte[] mask = mask(buffer, number + SAMPLE_OFFSET);
      int first = buffer[packet] ^ (mask[0] & 0x0F);
      int numberLength = (first & 3) + 1;
      if (length < numberLength + TAG_BYTES) {
        return null;
      }
      byte[] header = Arrays.copyOfRange(buffer, packet, number + numberLength);
      header[0] = (byte) first;
      byte[] nonce = iv.clone();
      for (int i = 0; i < numberLength; i++) {
        int at = header.length - numberLength + i;
        header[at] ^= mask[1 + i];
        nonce[nonce.length - numberLength + i] ^= header[at];
      }
      Cipher cipher = ALGORITHMS.get().packet();
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(header);
      return cipher.doFinal(buffer, number + numberLength, length - numberLength);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  private byte[] mask(byte[] buffer, int sample) throws GeneralSecurityException {
    Cipher cipher = ALGORITHMS.get().block();
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(headerKey, "AES"));
    return cipher.doFinal(buffer, sample, 16);
  }

  /**
   * HKDF-Expand-Label (RFC 8446 7.1) with an empty context; up to 32 bytes are one HMAC.
   *
   * @param hmac has the secret as its key, and keeps it
   */
  private static byte[] expandLabel(Mac hmac, String label, int length) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = new byte[name.length + 5];
    info[1] = (byte) length;
    info[2] = (byte) name.length;
    System.arraycopy(name, 0, info, 3, name.length);
    info[info.length - 1] = 1;
    return Arrays.copyOf(hmac.doFinal(info), length);
  }
}
