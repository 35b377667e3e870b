package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Secrets in HTTP/2 without TLS. */
final class PlantedHttp2 {
  private PlantedHttp2() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    String[] names = {
      ":path",
      ":authority",
      ":method",
      "cookie",
      "authorization",
      "user-agent",
      "referer",
      "content-type",
      "x-key"
    };
    for (String place : names) {
      places.add(
          "h2c " + place,
          s -> {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            literal(block, ":method", place.equals(":method") ? s.text : "POST");
            literal(block, ":path", place.equals(":path") ? "/a?t=" + s.text : "/pkg.Svc/Get");
            literal(block, ":authority", place.equals(":authority") ? s.text : "h.example");
            literal(block, place.startsWith(":") ? "x" : place, s.text);
            literal(block, s.text.toLowerCase(Locale.ROOT), "1");
            return Exchange.tcp()
                .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .client(frame(4, 0, new byte[0]))
                .client(frame(1, 4, block.toByteArray()))
                .client(frame(0, 1, s.text.getBytes(StandardCharsets.US_ASCII)))
                .server(frame(4, 0, new byte[0]));
          });
    }
  }

  private static byte[] frame(int type, int flags, byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0);
    frame.write(content.length >> 8);
    frame.write(content.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(new byte[] {0, 0, 0, (byte) (type == 4 ? 0 : 1)});
    frame.writeBytes(content);
    return frame.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    for (String text : new String[] {name, value}) {
      block.write(text.length());
      block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
