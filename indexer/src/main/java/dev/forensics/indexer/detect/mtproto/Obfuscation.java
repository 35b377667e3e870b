package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.Match;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Obfuscation of MTProto's TCP transports (core.telegram.org/mtproto/mtproto-transports, "transport
 * obfuscation"): AES-256-CTR under a key and a counter that stand in the first 64 bytes, so whoever
 * has those bytes can remove it.
 *
 * <pre>
 * 0        8                    40            56    60  62  64
 * | random | key                | counter     | tag |dc |   |   56.. encrypted
 * </pre>
 */
final class Obfuscation {
  /** Bytes of the init that a client sends first. */
  static final int INIT_LENGTH = 64;

  private static final int KEY = 8;
  private static final int TAG = 56;
  private static final int DATA_CENTRE = 60;
  private static final int TEXT_BYTES = 16;

  /**
   * One a thread for the question alone: to make a cipher costs many times what it costs to use.
   */
  private static final ThreadLocal<Cipher> PROBE = ThreadLocal.withInitial(Obfuscation::newCipher);

  private final byte[] plainInit;
  private final CounterMode client;
  private final CounterMode server;

  private Obfuscation(byte[] init) {
    this.client = new CounterMode(Arrays.copyOfRange(init, KEY, TAG));
    byte[] reversed = new byte[TAG - KEY];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = init[TAG - 1 - i];
    }
    this.server = new CounterMode(reversed);
    this.plainInit = new byte[INIT_LENGTH];
    for (int i = 0; i < INIT_LENGTH; i++) {
      plainInit[i] = client.next(init[i]);
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES in counter mode", e);
    }
  }

  private static Cipher start(Cipher cipher, byte[] bytes, int keyOffset) {
    try {
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(bytes, keyOffset, 32, "AES"),
          new IvParameterSpec(bytes, keyOffset + 32, 16));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES in counter mode", e);
    }
  }

  private static byte[] decryptInit(Cipher cipher, byte[] init, int offset) {
    return cipher.update(init, offset, INIT_LENGTH);
  }

  /** Whether a client's first bytes are an init; costs one key schedule, with 64 bytes only. */
  static Match match(byte[] buffer, int offset, int length) {
    if (isExcluded(buffer, offset, length)) {
      return Match.NO;
    }
    if (length < INIT_LENGTH) {
      return Match.MORE;
    }
    byte[] plain = decryptInit(start(PROBE.get(), buffer, offset + KEY), buffer, offset);
    return framing(plain) == null ? Match.NO : Match.YES;
  }

  /** What no client sends as an init, and what chance hardly makes of random bytes. */
  private static boolean isExcluded(byte[] buffer, int offset, int length) {
    if ((buffer[offset] & 0xFF) == 0xEF) {
      return true;
    }
    if (length >= 4) {
      int first = LittleEndian.int32(buffer, offset);
      boolean reserved =
          switch (first) {
            case 0x44414548,
                0x54534f50,
                0x20544547,
                0x4954504f,
                0xdddddddd,
                0xeeeeeeee,
                0x02010316 ->
                true;
            default -> false;
          };
      if (reserved) {
        return true;
      }
    }
    if (length >= 8 && LittleEndian.int32(buffer, offset + 4) == 0) {
      return true;
    }
    return length >= TEXT_BYTES && isText(buffer, offset);
  }

  private static boolean isText(byte[] buffer, int offset) {
    for (int i = offset; i < offset + TEXT_BYTES; i++) {
      int c = buffer[i];
      if (c < 0x20 && c != '\r' && c != '\n' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The obfuscation that this init begins, or null when it is none: the tag is the proof. */
  static Obfuscation open(byte[] buffer, int offset) {
    Obfuscation obfuscation =
        new Obfuscation(Arrays.copyOfRange(buffer, offset, offset + INIT_LENGTH));
    return obfuscation.framing() == null ? null : obfuscation;
  }

  /** The transport under the obfuscation; null when the tag is none. */
  Framing framing() {
    return framing(plainInit);
  }

  private static Framing framing(byte[] plain) {
    int tag = plain[TAG] & 0xFF;
    for (int i = 1; i < 4; i++) {
      if ((plain[TAG + i] & 0xFF) != tag) {
        return null;
      }
    }
    return switch (tag) {
      case 0xEF -> Framing.ABRIDGED;
      case 0xEE -> Framing.INTERMEDIATE;
      case 0xDD -> Framing.PADDED;
      default -> null;
    };
  }

  /** The data centre asked for; negative for media, 10000 more for test. */
  int dataCentre() {
    return (short) ((plainInit[DATA_CENTRE] & 0xFF) | ((plainInit[DATA_CENTRE + 1] & 0xFF) << 8));
  }

  /** The obfuscation of a side, behind the init. */
  CounterMode side(boolean fromClient) {
    return fromClient ? client : server;
  }
}
