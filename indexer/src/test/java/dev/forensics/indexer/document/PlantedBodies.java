package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.util.function.Function;

/** Secrets in bodies of HTTP/1 and in what it carries on. */
final class PlantedBodies {
  private PlantedBodies() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    String form = "application/x-www-form-urlencoded";
    body(places, "form", form, s -> "user=bob&pass%77ord=" + s.text);
    body(places, "form percent", form, s -> "a=" + s.percent(1));
    body(places, "json", "application/json", s -> "{\"otp\":\"" + s.text + "\",\"a\":1}");
    body(places, "json single", "application/json", s -> "{'pw':'" + s.text + "'}");
    body(places, "json escaped", "application/json", s -> "{\"p\\u0077\":\"" + s.text + "\"}");
    body(places, "xml", "text/xml", s -> "<auth secret='" + s.text + "'/>");
    body(places, "xml element", "text/xml", s -> "<heslo>" + s.text + "</heslo>");
    body(places, "key", "text/plain", s -> "-----BEGIN RSA PRIVATE KEY-----\n" + s.base64("x"));
    body(places, "text", "text/plain", s -> s.text);
    body(places, "hex", "text/plain", PlantedSecret::hex);
    places.add(
        "http chunked",
        s ->
            PlantedTraffic.ask(
                "POST / HTTP/1.1\r\nHost: h.example\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(s.length())
                    + ";ext="
                    + s.text
                    + "\r\n"
                    + s.text
                    + "\r\n0\r\nX-Sum: "
                    + s.text
                    + "\r\n\r\n"));
    places.add(
        "http websocket",
        s ->
            Exchange.tcp()
                .client("GET /ws HTTP/1.1\r\nHost: h.example\r\nUpgrade: websocket\r\n")
                .client("Connection: Upgrade\r\nSec-WebSocket-Key: " + s.base64() + "\r\n\r\n")
                .server("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n")
                .client("\u0081" + (char) s.length() + s.text)
                .server("\u0081" + (char) s.length() + s.text));
    places.add(
        "http in a tunnel",
        s ->
            Exchange.tcp()
                .client("CONNECT h.example:80 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\n\r\n")
                .client("GET /a?t=" + s.text + " HTTP/1.1\r\nHost: " + s.text + "\r\n\r\n")
                .server(PlantedTraffic.OK));
  }

  private static void body(
      PlantedPlaces places, String place, String type, Function<PlantedSecret, String> body) {
    places.add(
        "http body " + place,
        s -> {
          String text = body.apply(s);
          String head = "POST /login HTTP/1.1\r\nHost: h.example.org\r\nContent-Type: " + type;
          return Exchange.tcp()
              .client(head + "\r\nContent-Length: " + text.length() + "\r\n\r\n")
              .client(text)
              .server("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        });
  }
}
