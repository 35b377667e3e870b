package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One packet of another time among the others: of a flow of its own, or one of the traffic's.
 *
 * @param year of the outlier
 * @param place where it stands among the others
 */
record WithOutlier(int year, Place place) implements Transform {
  enum Place {
    FIRST,
    AMID,
    LAST
  }

  static List<Transform> all() {
    List<Transform> all = new ArrayList<>();
    for (Place place : Place.values()) {
      all.add(new WithOutlier(1970, place));
      all.add(new WithOutlier(2096, place));
    }
    return all;
  }

  @Override
  public String name() {
    return "with a packet of %d %s".formatted(year, place.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    if (!Years.isApart(traffic, year)) {
      return Optional.empty();
    }
    int size = traffic.packets().size();
    int at =
        switch (place) {
          case FIRST -> 0;
          case AMID -> size / 2;
          case LAST -> size;
        };
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    all.add(at, Strangers.datagram(Years.nanosIn(year)));
    Traffic changed = traffic.with(name(), all);
    Statement statement = Strangers.ADDED.or(UnprovenPause.of(traffic));
    return Optional.of(Variant.of(changed, View.DOCUMENTS, statement));
  }
}
