package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.flow.Direction;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** What carries a conversation within another one. */
enum PlantedTunnel {
  /** CONNECT through a proxy (RFC 9110 section 9.3.6). */
  CONNECT,
  /** SOCKS 5 (RFC 1928). */
  SOCKS,
  /** Frames of a WebSocket (RFC 6455), the client's masked. */
  WEBSOCKET;

  private static final int FIN_BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;

  /** The same conversation within this. */
  Exchange around(Exchange inner, Random random) {
    Exchange carried = Exchange.tcp();
    switch (this) {
      case CONNECT ->
          carried
              .client("CONNECT h.example.org:443 HTTP/1.1\r\nHost: h.example.org:443\r\n\r\n")
              .server("HTTP/1.1 200 OK\r\n\r\n");
      case SOCKS ->
          carried
              .clientHex("050100")
              .serverHex("0500")
              .clientHex("05010001 c0000201 01bb")
              .serverHex("05000001 00000000 0000");
      default ->
          carried
              .client(
                  "GET /a HTTP/1.1\r\nHost: h.example.org\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                      + "Sec-WebSocket-Version: 13\r\n\r\n")
              .server(
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\n\r\n");
    }
    for (Exchange.Piece piece : inner.pieces()) {
      boolean client = piece.direction() == Direction.ORIGINATOR;
      byte[] bytes = this == WEBSOCKET ? frame(piece.bytes(), client, random) : piece.bytes();
      if (client) {
        carried.client(bytes);
      } else {
        carried.server(bytes);
      }
    }
    return carried;
  }

  private static byte[] frame(byte[] bytes, boolean masked, Random random) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(FIN_BINARY);
    boolean small = bytes.length < TWO_BYTES;
    frame.write((masked ? MASKED : 0) | (small ? bytes.length : TWO_BYTES));
    if (!small) {
      frame.write(bytes.length >> 8);
      frame.write(bytes.length);
    }
    byte[] mask = new byte[4];
    if (masked) {
      random.nextBytes(mask);
      frame.writeBytes(mask);
    }
    for (int i = 0; i < bytes.length; i++) {
      frame.write(bytes[i] ^ mask[i % mask.length]);
    }
    return frame.toByteArray();
  }
}
