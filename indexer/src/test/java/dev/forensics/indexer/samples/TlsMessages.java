package dev.forensics.indexer.samples;

import java.util.Random;

/** TLS 1.3 (RFC 8446) as far as an observer sees it: two hellos, then records nobody can read. */
public final class TlsMessages {
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int AES_128_GCM_SHA256 = 0x1301;

  private final Random random;

  public TlsMessages(Random random) {
    this.random = random;
  }

  public byte[] clientHello(String serverName) {
    return handshake(
        1,
        hello -> {
          hello.u16(0x0303).raw(bytes(32)).block(1, session -> session.raw(bytes(32)));
          hello.block(
              2,
              ciphers -> {
                for (int cipher : new int[] {0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C}) {
                  ciphers.u16(cipher);
                }
              });
          hello.block(1, compression -> compression.u8(0));
          hello.block(2, extensions -> clientExtensions(extensions, serverName));
        });
  }

  private void clientExtensions(Bytes extensions, String serverName) {
    extension(extensions, 0, e -> e.block(2, l -> l.u8(0).block(2, n -> n.text(serverName))));
    extension(extensions, 10, e -> e.block(2, groups -> groups.u16(0x001D).u16(0x0017)));
    extension(extensions, 11, e -> e.block(1, formats -> formats.u8(0)));
    extension(extensions, 13, e -> e.block(2, s -> s.u16(0x0403).u16(0x0804).u16(0x0401)));
    extension(
        extensions,
        16,
        e -> e.block(2, l -> l.block(1, p -> p.text("h2")).block(1, p -> p.text("http/1.1"))));
    extension(extensions, 43, e -> e.block(1, versions -> versions.u16(0x0304).u16(0x0303)));
    extension(extensions, 51, e -> e.block(2, l -> l.u16(0x001D).block(2, k -> k.raw(bytes(32)))));
  }

  /** ServerHello, change of cipher, and the encrypted rest of the server's handshake. */
  public byte[] serverFlight() {
    byte[] hello =
        handshake(
            2,
            h -> {
              h.u16(0x0303).raw(bytes(32)).block(1, session -> session.raw(bytes(32)));
              h.u16(AES_128_GCM_SHA256).u8(0);
              h.block(
                  2,
                  extensions -> {
                    extension(extensions, 43, e -> e.u16(0x0304));
                    extension(extensions, 51, e -> e.u16(0x001D).block(2, k -> k.raw(bytes(32))));
                  });
            });
    return new Bytes().raw(hello).raw(changeCipher()).raw(encrypted(700)).toArray();
  }

  public byte[] clientFinish() {
    return new Bytes().raw(changeCipher()).raw(encrypted(53)).toArray();
  }

  /** A record with this many bytes inside. */
  public byte[] encrypted(int length) {
    return record(APPLICATION_DATA, 0x0303, bytes(length));
  }

  private static byte[] changeCipher() {
    return record(20, 0x0303, (byte) 1);
  }

  private static byte[] handshake(int type, java.util.function.Consumer<Bytes> content) {
    byte[] message = new Bytes().u8(type).block(3, content).toArray();
    return record(HANDSHAKE, type == 1 ? 0x0301 : 0x0303, message);
  }

  private static byte[] record(int type, int version, byte... content) {
    return new Bytes().u8(type).u16(version).block(2, c -> c.raw(content)).toArray();
  }

  private static void extension(
      Bytes extensions, int type, java.util.function.Consumer<Bytes> content) {
    extensions.u16(type).block(2, content);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
