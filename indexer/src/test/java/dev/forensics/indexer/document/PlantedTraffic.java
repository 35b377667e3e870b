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
          "telnet password at the name",
          "ftp password as a name",
          "mqtt",
          "socks 5 user and target",
          "http digest",
          "http path file",
          "http query cmd");

  /** Places of names: a plain word may be one (docs/decisions/0008). */
  private static final Set<String> OF_NAMES =
      Set.of(
          "http query name",
          "http path",
          "http path file",
          "http path percent",
          "http user alone",
          "http whole",
          "http telegram",
          "http cookie name",
          "http digest",
          "http header name",
          "http agent",
          "http agent comment",
          "http agent version",
          "http host",
          "http connect",
          "http in a tunnel",
          "h2c :path",
          "h2c :authority",
          "h2c :method",
          "h2c cookie",
          "h2c authorization",
          "h2c user-agent",
          "h2c referer",
          "h2c content-type",
          "h2c x-key",
          "ftp",
          "pop3",
          "imap",
          "smtp",
          "telnet",
          "ftp password as a name", // in an alarm that is raised before the answer
          "socks 5 user and target",
          "mqtt",
          "ssh",
          "rdp");

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
    return NAMED.contains(place) || place.startsWith("http path");
  }

  /** True where names stand, so that a plain word is shown. */
  static boolean isOfNames(String place) {
    return OF_NAMES.contains(place);
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
