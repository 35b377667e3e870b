package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;

/** Secrets in protocols that nobody knows. */
final class PlantedUnknown {
  private PlantedUnknown() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    places.add(
        "unknown text", s -> Exchange.tcp().client("HELLO bob " + s.text + "\n").server("OK\n"));
    places.add(
        "unknown login",
        s ->
            Exchange.tcp()
                .server("Benutzer: ")
                .client("bob\n")
                .server("Kennwort: ")
                .client(s.text + "\n")
                .server("willkommen " + s.text + "\n"));
    places.add(
        "unknown binary", s -> Exchange.tcp().client("\1\2\3\4\0\0" + s.text + "\0\377\376"));
    places.add("unknown base64", s -> Exchange.tcp().client(s.base64("x") + "\n").server(s.hex()));
    places.add("unknown json", s -> Exchange.tcp().client("{\"k\":\"" + s.text + "\"}\n"));
  }
}
