package dev.forensics.indexer.detect.ssh;

import dev.forensics.indexer.detect.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HASSH: MD5 over the algorithm names that one side offers in KEXINIT, in its own order. Of the ten
 * name-lists, the client's are 0 key exchange, 2 encryption, 4 MAC, 6 compression (all client to
 * server); the server's are 0, 3, 5, 7.
 */
final class Hassh {
  private static final int LISTS = 8;
  private static final int TEXT_LIMIT_BYTES = 4096;

  private Hassh() {}

  /** Reads a whole KEXINIT packet, its length field included, into the facts. */
  static void read(byte[] packet, int length, boolean client, SshFacts ssh) {
    String[] lists = new String[LISTS];
    int at = SshProtocol.COOKIE_END;
    for (int i = 0; i < LISTS; i++) {
      if (at + 4 > length) {
        return;
      }
      int size = Octets.i32(packet, at);
      if (size < 0 || size > length - at - 4) {
        return;
      }
      lists[i] = new String(packet, at + 4, size, StandardCharsets.ISO_8859_1);
      at += 4 + size;
    }
    int side = client ? 0 : 1;
    String joined =
        lists[0] + ";" + lists[2 + side] + ";" + lists[4 + side] + ";" + lists[6 + side];
    byte[] bytes = joined.getBytes(StandardCharsets.ISO_8859_1);
    String names = Octets.readable(bytes, 0, bytes.length, TEXT_LIMIT_BYTES);
    if (client) {
      ssh.hassh = md5(bytes);
      ssh.hasshAlgorithms = names;
    } else {
      ssh.hasshServer = md5(bytes);
      ssh.hasshServerAlgorithms = names;
    }
  }

  private static String md5(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(bytes);
      return Octets.hex(digest, 0, digest.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
