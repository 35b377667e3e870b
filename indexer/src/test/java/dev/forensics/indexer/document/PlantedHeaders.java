package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.util.function.Function;

/** Secrets in the start lines and header fields of HTTP/1 and in its answers. */
final class PlantedHeaders {
  private PlantedHeaders() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    header(places, "cookie", s -> "Cookie: sid=" + s.text + "; a=b");
    header(places, "cookie alone", s -> "Cookie: " + s.text);
    header(places, "cookie name", s -> "Cookie: " + s.text + "=1");
    header(places, "bearer", s -> "Authorization: Bearer " + s.text);
    header(places, "authorization alone", s -> "Authorization: " + s.text);
    header(places, "basic", s -> "Authorization: Basic " + s.base64("bob:"));
    header(places, "basic cut", s -> "Authorization: Basic " + s.base64("bob"));
    header(places, "basic user", s -> "Authorization: Basic " + s.base64());
    header(
        places, "digest", s -> "Authorization: Digest username=\"" + s.text + "\", response=\"a\"");
    header(places, "proxy", s -> "Proxy-Authorization: Basic " + s.base64("b:"));
    header(places, "api key", s -> "X-Api-Key: " + s.text);
    header(places, "header name", s -> s.text + ": 1");
    header(places, "agent", s -> "User-Agent: " + s.text);
    header(
        places, "agent comment", s -> "User-Agent: App/1.0 (key=" + s.text + "; " + s.text + ")");
    header(places, "agent version", s -> "User-Agent: App/" + s.text + " x/" + s.base64());
    header(places, "referer", s -> "Referer: https://h.example.org/a?token=" + s.text);
    header(places, "referer path", s -> "Referer: https://h.example.org/reset/" + s.text);
    header(places, "referer user", s -> "Referer: https://a:" + s.text + "@h.example.org/");
    header(places, "referer no url", s -> "Referer: " + s.text);
    header(places, "content type", s -> "Content-Type: multipart/form-data; boundary=" + s.text);
    header(places, "content type alone", s -> "Content-Type: " + s.text);
    header(places, "upgrade", s -> "Upgrade: " + s.text);
    heads(places);
  }

  private static void heads(PlantedPlaces places) {
    places.add(
        "http host", s -> PlantedTraffic.ask("GET / HTTP/1.1\r\nHost: " + s.text + "\r\n\r\n"));
    places.add(
        "http host user",
        s -> PlantedTraffic.ask("GET / HTTP/1.1\r\nHost: a:" + s.text + "@h.example\r\n\r\n"));
    places.add(
        "http port",
        s -> PlantedTraffic.ask("GET / HTTP/1.1\r\nHost: h.example:" + s.text + "\r\n\r\n"));
    places.add(
        "http method", s -> PlantedTraffic.ask(s.text + " / HTTP/1.1\r\nHost: h.example\r\n\r\n"));
    places.add(
        "http version",
        s -> PlantedTraffic.ask("GET / HTTP/1.1" + s.text + "\r\nHost: h.example\r\n\r\n"));
    places.add("http 0.9", s -> Exchange.tcp().client("GET /" + s.text + "\r\n").server("ok"));
    places.add(
        "http connect", s -> PlantedTraffic.ask("CONNECT " + s.text + ":443 HTTP/1.1\r\n\r\n"));
    places.add(
        "http set-cookie",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nSet-Cookie: id=" + s.text + "; Path=/\r\n\r\n"));
    places.add(
        "http location",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 302 " + s.text + "\r\nLocation: /a?code=" + s.text + "\r\n\r\n"));
    places.add(
        "http server",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nServer: " + s.text + "\r\nSet-Cookie: " + s.text)
                .server("\r\nContent-Type: a/" + s.text + "\r\n\r\n"));
  }

  private static void header(
      PlantedPlaces places, String place, Function<PlantedSecret, String> line) {
    places.add(
        "http " + place,
        s ->
            PlantedTraffic.ask(
                "GET /a HTTP/1.1\r\nHost: h.example.org\r\n" + line.apply(s) + "\r\n\r\n"));
  }
}
