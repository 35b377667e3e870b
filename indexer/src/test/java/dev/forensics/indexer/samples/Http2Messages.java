package dev.forensics.indexer.samples;

/** HTTP/2 without TLS, by prior knowledge (RFC 9113, section 3.3). */
final class Http2Messages {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private Http2Messages() {}

  /** The preface, SETTINGS, and a GET of "/" in HPACK's static table. */
  static byte[] request(String authority) {
    Bytes bytes = new Bytes().text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    frame(bytes, SETTINGS, 0, 0, new Bytes().u16(3).u32(100));
    Bytes headers = new Bytes().u8(0x82).u8(0x84).u8(0x86); // :method GET, :path /, :scheme http
    headers.u8(0x41).block(1, value -> value.text(authority));
    frame(bytes, HEADERS, END_HEADERS | END_STREAM, 1, headers);
    return bytes.toArray();
  }

  /** SETTINGS, and an answer of status 200. */
  static byte[] answer() {
    Bytes bytes = new Bytes();
    frame(bytes, SETTINGS, 0, 0, new Bytes());
    frame(bytes, SETTINGS, 1, 0, new Bytes());
    frame(bytes, HEADERS, END_HEADERS, 1, new Bytes().u8(0x88));
    frame(bytes, DATA, END_STREAM, 1, new Bytes().text("ok\n"));
    return bytes.toArray();
  }

  private static void frame(Bytes bytes, int type, int flags, int stream, Bytes payload) {
    byte[] content = payload.toArray();
    bytes.u8(0).u16(content.length).u8(type).u8(flags).u32(stream).raw(content);
  }
}
