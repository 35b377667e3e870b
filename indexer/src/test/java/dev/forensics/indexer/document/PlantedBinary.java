package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;

/** Secrets in binary protocols over TCP. */
final class PlantedBinary {
  private PlantedBinary() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    places.add(
        "socks 5",
        s ->
            Exchange.tcp()
                .clientHex("05020002")
                .serverHex("0502")
                .client("\1\3bob" + (char) s.length() + s.text)
                .serverHex("0101"));
    places.add(
        "socks 5 user and target",
        s ->
            Exchange.tcp()
                .clientHex("050102")
                .serverHex("0502")
                .client("\1" + (char) s.length() + s.text + "\1x")
                .serverHex("0100")
                .client("\5\1\0\3" + (char) s.length() + s.text + "\1\273")
                .serverHex("05000001 0a000001 1234"));
    places.add(
        "socks 4", s -> Exchange.tcp().client("\4\1\1\273\0\0\0\1" + s.text + "\0h.example\0"));
    places.add("socks 4 ip", s -> Exchange.tcp().client("\4\1\1\273\5\6\7\10" + s.text + "\0"));
    places.add(
        "mqtt",
        s -> {
          String rest =
              PlantedTraffic.sized(s.text)
                  + PlantedTraffic.sized("bob")
                  + PlantedTraffic.sized(s.text);
          String connect = PlantedTraffic.sized("MQTT") + "\4\302\0\74" + rest;
          return Exchange.tcp()
              .client("\20" + (char) connect.length() + connect)
              .serverHex("20020005");
        });
    places.add(
        "mqtt 5 damaged",
        s -> {
          String rest =
              "\3\377\41\0\24"
                  + PlantedTraffic.sized("dev1")
                  + PlantedTraffic.sized("bob")
                  + PlantedTraffic.sized(s.text);
          String connect = PlantedTraffic.sized("MQTT") + "\5\302\0\74" + rest;
          return Exchange.tcp().client("\20" + (char) connect.length() + connect);
        });
    places.add(
        "ldap",
        s -> {
          String bind = "\2\1\3\4\4cn=b\200" + (char) s.length() + s.text;
          String message = "\2\1\1\140" + (char) bind.length() + bind;
          return Exchange.tcp().client("0" + (char) message.length() + message);
        });
    places.add(
        "amqp",
        s ->
            Exchange.tcp()
                .client("AMQP\0\0\11\1")
                .server("\1\0\0\0\0\1\0\0\12\0\12\0\11")
                .client(
                    "\1\0\0\0\0\0\100\0\12\0\13\5PLAIN\0\0\0\40\0bob\0" + s.text + "\5en_US\316"));
    places.add(
        "postgresql",
        s ->
            Exchange.tcp()
                .client("\0\0\0\22\0\3\0\0user\0bob\0\0\0")
                .server("R\0\0\0\10\0\0\0\3")
                .client("p\0\0\0" + (char) (5 + s.length()) + s.text + "\0"));
    places.add(
        "bittorrent",
        s -> Exchange.tcp().client("\23BitTorrent protocol" + "\0".repeat(28) + pad(s.text)));
    places.add(
        "ssh",
        s ->
            Exchange.tcp()
                .client("SSH-2.0-" + s.text + "\r\n")
                .server("SSH-2.0-a_" + s.text + " " + s.text + "\r\n"));
    places.add(
        "rdp",
        s -> {
          String cookie = "Cookie: mstshash=" + s.text + "\r\n";
          int size = 11 + cookie.length();
          return Exchange.tcp()
              .client("\3\0\0" + (char) size + (char) (size - 5) + "\340\0\0\0\0\0" + cookie);
        });
  }

  private static String pad(String text) {
    return (text + "0".repeat(20)).substring(0, 20);
  }
}
