package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Conversations with a secret, by the place where it stands; each place once. */
final class PlantedPlaces {
  private final Map<String, Function<PlantedSecret, Exchange>> all = new LinkedHashMap<>();

  void add(String place, Function<PlantedSecret, Exchange> conversation) {
    if (all.put(place, conversation) != null) {
      throw new IllegalArgumentException("twice: " + place);
    }
  }

  Map<String, Function<PlantedSecret, Exchange>> all() {
    return Collections.unmodifiableMap(all);
  }
}
