package dev.forensics.indexer.detect.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A ServerHello (RFC 8446 section 4.1.3). */
final class ServerHello {
  private static final int PRE_SHARED_KEY = 41;
  private static final int SUPPORTED_VERSIONS = 43;

  int legacyVersion;
  int version;
  int cipher;
  byte[] sessionId;
  final Numbers extensions = new Numbers();
  String alpn;
  boolean preSharedKey;
  boolean complete;

  private ServerHello() {}

  static ServerHello read(byte[] buffer, int offset, int length) {
    ServerHello hello = new ServerHello();
    Cursor in = new Cursor(buffer, offset, length);
    hello.legacyVersion = in.uint16();
    hello.version = hello.legacyVersion;
    in.skip(32);
    Cursor id = in.part(in.uint8());
    hello.sessionId = Arrays.copyOfRange(id.bytes(), id.offset(), id.offset() + id.left());
    hello.cipher = in.uint16();
    in.skip(1);
    boolean headRead = !in.failed();
    if (headRead && in.left() >= 2) {
      hello.extensions(in.part(in.uint16()));
    }
    hello.complete = headRead && !in.failed();
    return hello;
  }

  private void extensions(Cursor in) {
    while (in.left() >= 4) {
      int type = in.uint16();
      Cursor body = in.part(in.uint16());
      if (in.failed()) {
        return;
      }
      extensions.add(type);
      if (type == SUPPORTED_VERSIONS && body.left() == 2) {
        version = body.uint16();
      } else if (type == PRE_SHARED_KEY) {
        preSharedKey = true;
      } else if (type == ClientHello.ALPN && body.left() > 3) {
        body.skip(2);
        Cursor name = body.part(body.uint8());
        alpn = new String(name.bytes(), name.offset(), name.left(), StandardCharsets.ISO_8859_1);
      }
    }
  }
}
