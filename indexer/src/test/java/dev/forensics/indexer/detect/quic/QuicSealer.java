package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.detect.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Protects Initial packets as a client does, with the keys that RFC 9001 A.1 and RFC 9369 A.1 print
 * for the connection id 8394c8f03e515708; derives nothing itself.
 */
public final class QuicSealer {
  public static final QuicSealer V1 =
      new QuicSealer(
          "c3",
          "00000001",
          "1f369613dd76d5467730efcbe3b1a22d",
          "fa044b2f42a3fd3b46fb255c",
          "9f50449e04a0e810283a1e9933adedd2");
  public static final QuicSealer V2 =
      new QuicSealer(
          "d3",
          "6b3343cf",
          "8b1a0bc121284290a29e0971b5cd045d",
          "91f73e2351d8fa91660e909f",
          "45b95e15235d6f45a6b19cbcb0294ba9");

  private static final int NUMBER_LENGTH = 4;
  private static final int TAG_LENGTH = 16;

  private final String first;
  private final String version;
  private final byte[] key;
  private final byte[] iv;
  private final byte[] headerKey;

  private QuicSealer(String first, String version, String key, String iv, String headerKey) {
    this.first = first;
    this.version = version;
    this.key = Exchange.hex(key);
    this.iv = Exchange.hex(iv);
    this.headerKey = Exchange.hex(headerKey);
  }

  /** A protected Initial with these frames, padded to a payload of this many bytes. */
  public byte[] initial(int number, byte[] frames, int payloadLength) throws Exception {
    int length = NUMBER_LENGTH + payloadLength + TAG_LENGTH;
    byte[] header =
        Exchange.hex(
            first
                + version
                + "08 8394c8f03e515708 00 00"
                + String.format("%04x%08x", 0x4000 | length, number));
    byte[] nonce = iv.clone();
    byte[] packetNumber = ByteBuffer.allocate(NUMBER_LENGTH).putInt(number).array();
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      nonce[nonce.length - NUMBER_LENGTH + i] ^= packetNumber[i];
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(TAG_LENGTH * 8, nonce));
    cipher.updateAAD(header);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(header);
    packet.writeBytes(cipher.doFinal(Arrays.copyOf(frames, payloadLength)));
    byte[] bytes = packet.toByteArray();
    mask(bytes, header.length - NUMBER_LENGTH);
    return bytes;
  }

  private void mask(byte[] packet, int number) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(headerKey, "AES"));
    byte[] mask = cipher.doFinal(packet, number + 4, 16);
    packet[0] = (byte) (packet[0] ^ (mask[0] & 0x0F));
    for (int i = 0; i < NUMBER_LENGTH; i++) {
      packet[number + i] ^= mask[1 + i];
    }
  }
}
