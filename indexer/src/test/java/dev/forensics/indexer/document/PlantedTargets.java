package dev.forensics.indexer.document;

import java.util.function.Function;

/** Secrets in the targets of requests: paths, queries, fragments, users. */
final class PlantedTargets {
  private PlantedTargets() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    for (String name :
        new String[] {
          "token",
          "api_key",
          "access_token",
          "sig",
          "X-Amz-Signature",
          "pass%77ord",
          "user%5Bpassword%5D",
          "client_secret",
          "otp",
          "pw",
          "mot_de_passe",
          "heslo",
          "passwort",
          "contrase%C3%B1a",
          "p%2561ss",
          "q",
          "page",
          "lang",
          "id",
          "x",
          "v",
          "action",
          "cmd"
        }) {
      target(places, "query " + name, s -> "/a?b=1&" + name + "=" + s.text + "&c=2");
      target(places, "query percent " + name, s -> "/a?" + name + "=" + s.percent(1));
      target(places, "query twice " + name, s -> "/a?" + name + "=" + s.percent(2));
    }
    others(places);
    announced(places);
  }

  /** Behind segments that announce a secret, in compounds, other languages and encodings. */
  private static void announced(PlantedPlaces places) {
    for (String segment :
        new String[] {
          "token",
          "%74oken",
          "%2574%256Fken",
          "reset-password",
          "set_password",
          "resetPassword",
          "passcode",
          "credential",
          "auth",
          "session",
          "kennwort",
          "mot-de-passe",
          "contrase%C3%B1a",
          "senha",
          "unlock",
          "share",
          "hooks",
          "invite",
          "verify/email",
          "confirm/42",
          "unsubscribe",
          "activate",
          "magic-link"
        }) {
      target(places, "path " + segment, s -> "/a/" + segment + "/" + s.text + "/edit");
      target(places, "path end " + segment, s -> "/" + segment + "/" + s.percent(1) + ".html");
    }
    target(places, "path compound", s -> "/token-" + s.text + "/x");
    target(places, "path encoded slash", s -> "/reset%2F" + s.text);
    target(places, "path backslash", s -> "/reset\\" + s.text);
  }

  private static void others(PlantedPlaces places) {
    target(places, "query alone", s -> "/a?" + s.text);
    target(places, "query name", s -> "/a?" + s.text + "=1;" + s.text);
    target(places, "query hex", s -> "/a?v=" + s.hex());
    target(places, "query base64", s -> "/a?v=" + s.base64("x"));
    target(places, "path", s -> "/a/" + s.text + "/b");
    target(places, "path end", s -> "/reset/" + s.text);
    target(places, "path file", s -> "/f/" + s.text + ".html");
    target(places, "path percent", s -> "/a/" + s.percent(1));
    target(places, "path twice", s -> "/a/" + s.percent(2) + "/b");
    target(places, "path base64", s -> "/a/" + s.base64("ab") + "/b");
    target(places, "path hex", s -> "/a/" + s.hex());
    target(places, "bot", s -> "/bot123456:" + s.text + "/sendMessage");
    target(places, "session", s -> "/a;jsessionid=" + s.text + "?x=1");
    target(places, "parameter of a segment", s -> "/a;" + s.text + "/b");
    target(places, "fragment", s -> "/a#" + s.text);
    target(places, "second fragment", s -> "/a?x=1#access_token=" + s.text);
    target(places, "user", s -> "http://bob:" + s.text + "@h.example.org/");
    target(places, "user alone", s -> "http://" + s.text + "@h.example.org/");
    target(places, "user in a path", s -> "/http://bob:" + s.text + "@h.example.org/");
    target(places, "whole", s -> s.text);
    target(places, "telegram", s -> "/api" + s.text);
    target(places, "tab", s -> "/a\t" + s.text);
  }

  private static void target(
      PlantedPlaces places, String place, Function<PlantedSecret, String> target) {
    places.add(
        "http " + place,
        s ->
            PlantedTraffic.ask(
                "GET " + target.apply(s) + " HTTP/1.1\r\nHost: shop.example.org\r\n\r\n"));
  }
}
