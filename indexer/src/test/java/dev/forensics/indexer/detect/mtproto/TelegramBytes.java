package dev.forensics.indexer.detect.mtproto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Messages and framings of MTProto as clients and servers send them. */
public final class TelegramBytes {
  public static final long SECONDS = 1_463_400_000L;

  private final Random random;

  public TelegramBytes(long seed) {
    random = new Random(seed);
  }

  public byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The 40 bytes of req_pq: key 0, message id, length 20, constructor, nonce. */
  public byte[] reqPq(long messageId, byte[] nonce) {
    return little(40)
        .putLong(0)
        .putLong(messageId)
        .putInt(20)
        .putInt(0x60469778)
        .put(nonce)
        .array();
  }

  /** The 84 bytes of resPQ. */
  public byte[] resPq(byte[] nonce) {
    long messageId = (SECONDS << 32) | 1;
    return little(84)
        .putLong(0)
        .putLong(messageId)
        .putInt(64)
        .putInt(0x05162463)
        .put(nonce)
        .put(random(44))
        .array();
  }

  public byte[] encrypted(long key, int blocks) {
    return little(24 + 16 * blocks).putLong(key).put(random(16 + 16 * blocks)).array();
  }

  public static byte[] abridged(byte[] message) {
    int words = message.length / 4;
    return words < 127
        ? join(new byte[] {(byte) words}, message)
        : join(new byte[] {0x7F, (byte) words, (byte) (words >> 8), (byte) (words >> 16)}, message);
  }

  public static byte[] intermediate(byte[] message) {
    return join(little(4).putInt(message.length).array(), message);
  }

  public byte[] padded(byte[] message) {
    return intermediate(join(message, random(random.nextInt(16))));
  }

  public static byte[] full(int number, byte[] message) {
    byte[] head = join(little(8).putInt(message.length + 12).putInt(number).array(), message);
    CRC32 crc = new CRC32();
    crc.update(head);
    return join(head, little(4).putInt((int) crc.getValue()).array());
  }

  /** A client's init whose tag is this one; returned as sent. */
  public byte[] init(int tag, int dataCentre) throws GeneralSecurityException {
    byte[] init = random(64);
    init[0] = 0x11;
    init[5] = 0x22;
    for (int i = 56; i < 60; i++) {
      init[i] = (byte) tag;
    }
    init[60] = (byte) dataCentre;
    init[61] = (byte) (dataCentre >> 8);
    byte[] encrypted = cipher(init, false).update(init);
    System.arraycopy(encrypted, 56, init, 56, 8);
    return init;
  }

  /** The cipher of a side after an init: it stands where the init ended. */
  public static Cipher afterInit(byte[] sentInit) throws GeneralSecurityException {
    Cipher cipher = cipher(sentInit, false);
    cipher.update(sentInit);
    return cipher;
  }

  public static Cipher ofServer(byte[] sentInit) throws GeneralSecurityException {
    return cipher(sentInit, true);
  }

  private static Cipher cipher(byte[] init, boolean reversed) throws GeneralSecurityException {
    byte[] keys = java.util.Arrays.copyOfRange(init, 8, 56);
    for (int i = 0; reversed && i < 24; i++) {
      byte swap = keys[i];
      keys[i] = keys[47 - i];
      keys[47 - i] = swap;
    }
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(keys, 0, 32, "AES"),
        new IvParameterSpec(keys, 32, 16));
    return cipher;
  }

  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
