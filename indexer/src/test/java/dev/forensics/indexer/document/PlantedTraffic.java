package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Conversations of the protocols with a secret in each place that may hold one. */
final class PlantedTraffic {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final List<Consumer<PlantedPlaces>> FAMILIES =
      List.of(
          PlantedTargets::addTo,
          PlantedHeaders::addTo,
          PlantedBodies::addTo,
          PlantedHttp2::addTo,
          PlantedMail::addTo,
          PlantedLogins::addTo,
          PlantedBinary::addTo,
          PlantedDatagrams::addTo,
          PlantedUnknown::addTo);

  private static final Set<String> NAMED =
      Set.of(
          "ftp",
          "pop3",
          "imap",
          "smtp",
          "ssh",
          "rdp",
          "telnet",
          "mqtt",
          "socks 5 user and target",
          "http digest",
          "http path file",
          "http query cmd");

  private PlantedTraffic() {}

  /** By the place of the secret. */
  static Map<String, Function<PlantedSecret, Exchange>> all() {
    PlantedPlaces places = new PlantedPlaces();
    FAMILIES.forEach(family -> family.accept(places));
    return places.all();
  }

  /**
   * True where the secret stands for a user, a file, a greeting or another name, too: what a person
   * thinks up cannot be told from names there.
   */
  static boolean isNamed(String place) {
    return NAMED.contains(place);
  }

  /** A request that is answered. */
  static Exchange ask(String request) {
    return Exchange.tcp().client(request).server(OK);
  }

  /** A text behind its length in two bytes. */
  static String sized(String text) {
    return "" + (char) (text.length() >> 8) + (char) (text.length() & 0xFF) + text;
  }
}
