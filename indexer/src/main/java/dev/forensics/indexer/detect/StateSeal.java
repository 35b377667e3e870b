package dev.forensics.indexer.detect;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what parsers keep of long flows before it leaves the process: in it may stand half a
 * line that turns out to be a password. AES-256-GCM; the nonce is a MAC of the content, so the same
 * state is the same bytes.
 *
 * <pre>
 *  0          1            13
 * +----------+------------+---------------------------+
 * | form (1) | nonce (12) | encrypted, tag (16)       |
 * +----------+------------+---------------------------+
 * </pre>
 *
 * Thread-safe.
 */
public final class StateSeal {
  private static final byte FORM = 1;
  private static final int NONCE_AT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int CONTENT_AT = NONCE_AT + NONCE_BYTES;
  private static final int TAG_BITS = 128;
  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec encryption;
  private final SecretKeySpec authentication;

  /**
   * @param key any secret; the two keys that are used are made from it
   */
  public StateSeal(byte[] key) {
    SecretKeySpec whole = new SecretKeySpec(key, MAC);
    encryption = new SecretKeySpec(mac(whole, bytes("state of long flows: AES")), "AES");
    authentication = new SecretKeySpec(mac(whole, bytes("state of long flows: nonce")), MAC);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A key that nobody has after this process. */
  public static StateSeal ofThisProcess() {
    return OfProcess.SEAL;
  }

  private static final class OfProcess {
    static final StateSeal SEAL = new StateSeal(newKey());
  }

  /** A random key of 32 bytes. */
  public static byte[] newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Encrypts a state. */
  byte[] seal(byte[] state) {
    byte[] nonce = Arrays.copyOf(mac(authentication, state), NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0);
      byte[] sealed = new byte[CONTENT_AT + cipher.getOutputSize(state.length)];
      sealed[0] = FORM;
      System.arraycopy(nonce, 0, sealed, NONCE_AT, NONCE_BYTES);
      cipher.doFinal(state, 0, state.length, sealed, CONTENT_AT);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** The state; null when it was sealed with another key, changed, or never sealed. */
  byte[] open(byte[] sealed) {
    if (sealed.length < CONTENT_AT + TAG_BITS / 8 || sealed[0] != FORM) {
      return null;
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed, NONCE_AT);
      return cipher.doFinal(sealed, CONTENT_AT, sealed.length - CONTENT_AT);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int offset) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
    return cipher;
  }

  private static byte[] mac(SecretKeySpec key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(content);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
