package dev.forensics.indexer.detect.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A ClientHello (RFC 8446 section 4.1.2). Public, since QUIC carries the same message.
 *
 * <p>What a truncated or malformed message holds up to its fault is kept.
 */
public final class ClientHello {
  static final int SERVER_NAME = 0;
  static final int ALPN = 16;
  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int NAME_LIMIT = 255;
  private static final int ALPN_LIMIT = 32;

  int legacyVersion;
  byte[] sessionId = new byte[0];
  final Numbers ciphers = new Numbers();
  final Numbers extensions = new Numbers();
  final Numbers groups = new Numbers();
  final Numbers pointFormats = new Numbers();
  final Numbers signatureAlgorithms = new Numbers();
  final Numbers versions = new Numbers();
  final List<String> alpn = new ArrayList<>();
  String serverName;
  boolean complete;

  private ClientHello() {}

  /**
   * Reads the body of the message, after its four bytes of type and length.
   *
   * @param offset in bytes from the start of buffer
   */
  public static ClientHello read(byte[] buffer, int offset, int length) {
    ClientHello hello = new ClientHello();
    Cursor in = new Cursor(buffer, offset, length);
    hello.legacyVersion = in.uint16();
    in.skip(32);
    Cursor id = in.part(in.uint8());
    hello.sessionId = copy(id);
    Cursor suites = in.part(in.uint16());
    while (suites.left() >= 2) {
      hello.ciphers.add(suites.uint16());
    }
    in.skip(in.uint8());
    boolean headRead = !in.failed();
    if (headRead && in.left() >= 2) {
      hello.extensions(in.part(in.uint16()));
    }
    hello.complete = headRead && !in.failed();
    return hello;
  }

  private static byte[] copy(Cursor part) {
    byte[] bytes = new byte[part.left()];
    System.arraycopy(part.bytes(), part.offset(), bytes, 0, bytes.length);
    return bytes;
  }

  private void extensions(Cursor in) {
    while (in.left() >= 4) {
      int type = in.uint16();
      Cursor body = in.part(in.uint16());
      if (in.failed()) {
        return;
      }
      extensions.add(type);
      extension(type, body);
    }
  }

  private void extension(int type, Cursor body) {
    switch (type) {
      case SERVER_NAME -> serverName(body);
      case GROUPS -> numbers(body.part(body.uint16()), groups);
      case SIGNATURE_ALGORITHMS -> numbers(body.part(body.uint16()), signatureAlgorithms);
      case SUPPORTED_VERSIONS -> numbers(body.part(body.uint8()), versions);
      case ALPN -> alpn(body.part(body.uint16()));
      case POINT_FORMATS -> {
        Cursor formats = body.part(body.uint8());
        while (formats.left() > 0) {
          pointFormats.add(formats.uint8());
        }
      }
      default -> {}
    }
  }

  private static void numbers(Cursor in, Numbers into) {
    while (in.left() >= 2) {
      into.add(in.uint16());
    }
  }

  /** RFC 6066 section 3; only names of type host_name exist. */
  private void serverName(Cursor body) {
    Cursor list = body.part(body.uint16());
    if (serverName == null && list.left() >= 3 && list.uint8() == 0) {
      serverName = text(list.part(list.uint16()));
    }
  }

  private void alpn(Cursor list) {
    while (list.left() > 1 && alpn.size() < ALPN_LIMIT) {
      alpn.add(latin(list.part(list.uint8())));
    }
  }

  private static String text(Cursor part) {
    int length = Math.min(part.left(), NAME_LIMIT);
    String name = new String(part.bytes(), part.offset(), length, StandardCharsets.UTF_8);
    return name.isEmpty() ? null : name;
  }

  private static String latin(Cursor part) {
    return new String(part.bytes(), part.offset(), part.left(), StandardCharsets.ISO_8859_1);
  }

  /** Server name asked for; null when none. */
  public String serverName() {
    return serverName;
  }

  /** Protocols offered by ALPN, in order. */
  public List<String> alpn() {
    return List.copyOf(alpn);
  }

  /** Highest version offered, without GREASE; a draft of 1.3 counts as 1.3. */
  public int highestVersion() {
    int highest = highestNumber();
    return highest >> 8 == 0x7F ? TlsVersions.TLS13 : highest;
  }

  /** The same with the drafts' own numbers, as JA4 takes them. */
  int highestNumber() {
    int highest = 0;
    Numbers offered = versions.withoutGrease();
    for (int i = 0; i < offered.size(); i++) {
      highest = Math.max(highest, offered.get(i));
    }
    return highest == 0 ? legacyVersion : highest;
  }

  /** False when the message was malformed. */
  public boolean complete() {
    return complete;
  }

  /** JA3, lower-case hex. */
  public String ja3() {
    return Fingerprints.ja3(this);
  }

  /**
   * JA4, the fingerprint of the client.
   *
   * @param transport 't' for TLS over TCP, 'q' for QUIC
   */
  public String ja4(char transport) {
    return Fingerprints.ja4(this, transport);
  }
}
