package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * One packet amid a TCP connection bears another time.
 *
 * @param year that it bears
 */
record WithOnePacketMoved(int year) implements Transform {
  @Override
  public String name() {
    return "with one of its packets in " + year;
  }

  /** Times of messages within others, and what is computed of a message's own time and theirs. */
  private static final Statement MESSAGES =
      ((Statement) WithOnePacketMoved::isOtherwiseSame)
          .or(
              Statement.fields(
                  "forensics.http.response_delay",
                  "forensics.mtproto.message_time",
                  "forensics.mtproto.clock_skew_ms"));

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  /** When it came may be told of its flow, by a time of the traffic's own; nothing else. */
  private static boolean isTime(Change change, Traffic traffic) {
    return switch (change.field()) {
      case "@timestamp", "event.start", "event.end" -> isWithin(change.after(), traffic);
      case "event.duration" ->
          Long.parseLong(change.after()) <= traffic.lastNanos() - traffic.firstNanos();
      default -> false;
    };
  }

  /** Deadlines are at most a minute behind the last packet. */
  private static boolean isWithin(String time, Traffic traffic) {
    Instant at = Instant.parse(time);
    return !at.isBefore(Instant.ofEpochSecond(0, traffic.firstNanos()))
        && !at.isAfter(Instant.ofEpochSecond(60, traffic.lastNanos()));
  }

  private static boolean isOtherwiseSame(Change change) {
    return isAboutMessages(change.field())
        && change.before() != null
        && change.after() != null
        && TIME.matcher(change.before())
            .replaceAll("")
            .equals(TIME.matcher(change.after()).replaceAll(""));
  }

  private static boolean isAboutMessages(String field) {
    return field.startsWith("forensics.http.messages.") || field.equals("forensics.mtproto.keys");
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<Integer> amid = amidConnections(traffic.packets());
    if (amid.isEmpty() || !Years.isApart(traffic, year)) {
      return Optional.empty();
    }
    int at = amid.get(random.nextInt(amid.size()));
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    all.set(at, all.get(at).at(Years.nanosIn(year)));
    Traffic changed = traffic.with(name() + " (" + at + ")", all);
    Statement statement = MESSAGES.or(change -> isTime(change, traffic));
    return Optional.of(Variant.of(changed, View.DOCUMENTS, statement));
  }

  /**
   * Packets with others of the same connection within a second before and behind. Copies are left
   * out: they are told by their times. So is a SYN, which may begin another connection.
   */
  private static List<Integer> amidConnections(List<TestPacket> packets) {
    Decoded decoded = new Decoded();
    List<String> connections = new ArrayList<>();
    List<String> segments = new ArrayList<>();
    Map<String, Integer> repeated = new HashMap<>();
    for (TestPacket packet : packets) {
      decoded.decode(packet);
      connections.add(decoded.isTcp() ? decoded.ends() : "");
      segments.add(decoded.isTcp() && !decoded.isSyn() ? decoded.segment() : "");
      repeated.merge(segments.get(segments.size() - 1), 1, Integer::sum);
    }
    List<Integer> amid = new ArrayList<>();
    for (int i = 1; i < packets.size() - 1; i++) {
      String connection = connections.get(i);
      int before = connections.subList(0, i).lastIndexOf(connection);
      int behind = i + 1 + connections.subList(i + 1, packets.size()).indexOf(connection);
      boolean suits = !segments.get(i).isEmpty() && repeated.get(segments.get(i)) == 1;
      if (suits && isSoon(packets, before, i) && behind > i && isSoon(packets, i, behind)) {
        amid.add(i);
      }
    }
    return amid;
  }

  private static boolean isSoon(List<TestPacket> packets, int one, int other) {
    return one >= 0
        && Math.abs(packets.get(other).nanos() - packets.get(one).nanos()) < 1_000_000_000L;
  }
}
