package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The clock is set forward amid the traffic, by more than all time-outs, and by whole hours, so
 * that the grid of the active time-out is the same behind it. Conversations of datagrams may be two
 * flows, one on each side of the step; all others are what they were.
 *
 * @param by how far
 */
record ClockSetForward(Duration by) implements Transform {
  private static final long SECOND = 1_000_000_000L;

  /** Certificates may have expired until then. */
  private static final Statement OF_DATES = Statement.fields("tls-certificate-*");

  private static final String TCP = "6 ";

  /** A day or more has to be proved by so many packets, on both sides. */
  private static final int PROVING = 8;

  static List<Transform> all() {
    return List.of(
        new ClockSetForward(Duration.ofHours(1)),
        new ClockSetForward(Duration.ofHours(3)),
        new ClockSetForward(Duration.ofDays(40)));
  }

  @Override
  public String name() {
    return "with its clock set forward by %d hours".formatted(by.toHours());
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<Integer> places = places(traffic);
    if (places.isEmpty() || !Years.isOfOneTime(traffic)) {
      return Optional.empty();
    }
    int at = places.get(random.nextInt(places.size()));
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    for (int i = at; i < all.size(); i++) {
      all.set(i, all.get(i).at(all.get(i).nanos() + by.toNanos()));
    }
    Set<String> cut = onBothSides(traffic.packets(), at);
    Statement statement = OF_DATES.or(change -> cut.contains(change.about()));
    return Optional.of(
        Variant.of(traffic.with(name() + " (" + at + ")", all), View.CONVERSATIONS, statement));
  }

  /** Where the traffic goes on within a second; none where it has silences of its own. */
  private static List<Integer> places(Traffic traffic) {
    List<TestPacket> packets = traffic.packets();
    for (int i = 1; i < packets.size(); i++) {
      if (packets.get(i).nanos() - packets.get(i - 1).nanos() > 30 * SECOND) {
        return List.of();
      }
    }
    Borders borders = new Borders(packets);
    List<Integer> places = new ArrayList<>();
    for (int i = PROVING; i <= packets.size() - PROVING; i++) {
      long gap = packets.get(i).nanos() - packets.get(i - 1).nanos();
      if (gap >= 0 && gap < SECOND && borders.isOpen(i)) {
        places.add(i);
      }
    }
    return places;
  }

  /** Conversations of datagrams that the step cuts. */
  private static Set<String> onBothSides(List<TestPacket> packets, int at) {
    Set<String> before = ends(packets.subList(0, at));
    Set<String> behind = ends(packets.subList(at, packets.size()));
    before.retainAll(behind);
    before.removeIf(ends -> ends.startsWith(TCP));
    return before;
  }

  private static Set<String> ends(List<TestPacket> packets) {
    Decoded decoded = new Decoded();
    Set<String> ends = new HashSet<>();
    for (TestPacket packet : packets) {
      decoded.decode(packet);
      if (decoded.ends() != null) {
        ends.add(decoded.ends());
      }
    }
    return ends;
  }
}
