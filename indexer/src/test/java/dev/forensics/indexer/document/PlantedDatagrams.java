package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;

/** Secrets in datagrams. */
final class PlantedDatagrams {
  private PlantedDatagrams() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    for (int version = 0; version < 2; version++) {
      int number = version;
      places.add(
          "snmp v" + (number + 1),
          s -> {
            String message =
                "\2\1" + (char) number + "\4" + (char) s.length() + s.text + "\240\4abcd";
            return Exchange.udp().client("0" + (char) message.length() + message);
          });
    }
    places.add(
        "dns txt",
        s ->
            Exchange.udp()
                .clientHex("1234 0100 0001 0000 0000 0000 0161 0162 00 0010 0001")
                .server(
                    "\22\64\201\200\0\1\0\1\0\0\0\0\1a\1b\0\0\20\0\1\300\14\0\20\0\1\0\0\0\5\0"
                        + (char) (s.length() + 1)
                        + (char) s.length()
                        + s.text));
    places.add("syslog", s -> Exchange.udp().client("<34>1 - h su - - password " + s.text));
    places.add("tftp", s -> Exchange.udp().client("\0\1" + s.text + "\0octet\0"));
    places.add(
        "sip",
        s ->
            Exchange.udp()
                .client("REGISTER sip:bob:" + s.text + "@h.example SIP/2.0\r\nTo: " + s.text));
    places.add("statsd", s -> Exchange.udp().client("login=" + s.text));
  }
}
