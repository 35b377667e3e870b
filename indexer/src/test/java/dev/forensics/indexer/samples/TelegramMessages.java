package dev.forensics.indexer.samples;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * MTProto as it stands on the wire: messages (https://core.telegram.org/mtproto/description), their
 * HTTP requests, and the TCP framings (https://core.telegram.org/mtproto/mtproto-transports).
 */
final class TelegramMessages {
  private static final int REQ_PQ = 0x60469778;
  private static final int RES_PQ = 0x05162463;
  private static final int VECTOR = 0x1cb5c415;

  private final Random random;

  TelegramMessages(Random random) {
    this.random = random;
  }

  /** A client's req_pq of 40 bytes; the old clients' probe has a random message_id. */
  byte[] reqPq(long messageId, byte[] nonce) {
    return inTheClear(messageId, new Bytes().littleEndian32(REQ_PQ).raw(nonce).toArray());
  }

  /** The answer of 84 bytes, which has the nonce of the question. */
  byte[] resPq(long messageId, byte[] nonce) {
    Bytes data = new Bytes().littleEndian32(RES_PQ).raw(nonce).raw(bytes(16));
    data.u8(8).raw(bytes(8)).raw((byte) 0, (byte) 0, (byte) 0);
    data.littleEndian32(VECTOR).littleEndian32(1).raw(bytes(8));
    return inTheClear(messageId, data.toArray());
  }

  /** An encrypted message: the device's key id, a message key, and blocks nobody can read. */
  byte[] encrypted(long authKeyId, int blocks) {
    return new Bytes().littleEndian64(authKeyId).raw(bytes(16 + 16 * blocks)).toArray();
  }

  /**
   * A message_id: unix time in its high half, divisible by 4 from a client, rest 1 in an answer.
   */
  static long messageId(long timestampNanos, boolean answer) {
    long seconds = Math.floorDiv(timestampNanos, 1_000_000_000L);
    long fraction = Math.floorMod(timestampNanos, 1_000_000_000L);
    return seconds << 32 | fraction / 4 * 4 | (answer ? 1 : 0);
  }

  long randomMessageId() {
    return random.nextLong();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** "/api" and up to eight hexadecimal digits, different in each request. */
  String iosPath() {
    return "/api" + Integer.toHexString(random.nextInt());
  }

  static byte[] iosRequest(String server, String path, byte[] body) {
    return request(
        path,
        body,
        "Host: " + server + ":443",
        "Content-Type: application/x-www-form-urlencoded",
        "Connection: keep-alive",
        "Accept: */*",
        "User-Agent: Telegram/37 CFNetwork/711.1.16 Darwin/14.0.0",
        "Accept-Language: en-us",
        "Accept-Encoding: gzip, deflate");
  }

  /** Telegram's library, byte for byte: an empty Host and no user agent. */
  static byte[] libraryRequest(byte[] body) {
    return request("/api", body, "Host: ", "Connection: keep-alive");
  }

  static byte[] webRequest(String server, byte[] body) {
    return request(
        "/apiw1",
        body,
        "Host: " + server + ":443",
        "Connection: keep-alive",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0",
        "Accept: */*",
        "Origin: http://chat.example.net",
        "Referer: http://chat.example.net/");
  }

  static byte[] answer(byte[] body) {
    String head =
        WebMessages.message(
            "HTTP/1.1 200 OK",
            "Connection: keep-alive",
            "Content-type: application/octet-stream",
            "Pragma: no-cache",
            "Cache-control: no-store",
            "Content-length: " + body.length);
    return new Bytes().text(head).raw(body).toArray();
  }

  private static byte[] request(String path, byte[] body, String... headers) {
    return new Bytes()
        .text(WebMessages.lines("POST " + path + " HTTP/1.1"))
        .text(WebMessages.lines(headers))
        .text(WebMessages.message("Content-Length: " + body.length))
        .raw(body)
        .toArray();
  }

  private static byte[] inTheClear(long messageId, byte[] data) {
    return new Bytes()
        .littleEndian64(0)
        .littleEndian64(messageId)
        .littleEndian32(data.length)
        .raw(data)
        .toArray();
  }

  /** The abridged framing: the length in words, in one byte. */
  static byte[] abridged(byte[] message) {
    return new Bytes().u8(message.length / 4).raw(message).toArray();
  }

  /** The intermediate framing, also the padded one's: the length in four bytes. */
  static byte[] intermediate(byte[] message) {
    return new Bytes().littleEndian32(message.length).raw(message).toArray();
  }

  /** The full framing: length, number, message, checksum. */
  static byte[] full(int number, byte[] message) {
    Bytes frame = new Bytes().littleEndian32(message.length + 12).littleEndian32(number);
    frame.raw(message);
    CRC32 checksum = new CRC32();
    checksum.update(frame.toArray());
    return frame.littleEndian32((int) checksum.getValue()).toArray();
  }

  /**
   * Both directions under obfuscated2, as {client's bytes, server's bytes}: the client's key and IV
   * stand in its own first 64 bytes, the server's are the same bytes turned round.
   */
  byte[][] obfuscated(int tagByte, byte[] fromClient, byte[] fromServer) {
    byte[] start = obfuscationStart();
    Arrays.fill(start, 56, 60, (byte) tagByte);
    start[60] = 2;
    start[61] = 0;
    byte[] turned = new byte[48];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = start[55 - i];
    }
    byte[] client =
        encrypt(Arrays.copyOfRange(start, 8, 56), new Bytes().raw(start).raw(fromClient).toArray());
    System.arraycopy(start, 0, client, 0, 56);
    return new byte[][] {client, encrypt(turned, fromServer)};
  }

  /** 64 random bytes that look like no other protocol's first ones. */
  private byte[] obfuscationStart() {
    while (true) {
      byte[] start = bytes(64);
      String first = new String(start, 0, 4, StandardCharsets.ISO_8859_1);
      boolean taken =
          first.matches("HEAD|POST|GET |OPTI|\u00dd{4}|\u00ee{4}|\u0016\u0003\u0001\u0002");
      boolean zeros = start[4] == 0 && start[5] == 0 && start[6] == 0 && start[7] == 0;
      if ((start[0] & 0xFF) != 0xEF && !taken && !zeros) {
        return start;
      }
    }
  }

  /** AES-256 in counter mode; the key is 32 bytes, the IV the 16 behind it. */
  private static byte[] encrypt(byte[] keyAndIv, byte[] plain) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(keyAndIv, 0, 32, "AES"),
          new IvParameterSpec(keyAndIv, 32, 16));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
