package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.TrafficClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the clocks of a sensor stand at a commit, so that the times of what is read next are judged
 * as if the indexer had never been restarted.
 *
 * @param clock the sensor's; who leads it is said by {@code leader}
 * @param leader the capture that had set it; null when none had, or it is not known
 * @param captures what is known of the times of the captures that are read
 */
record SensorTimes(
    TrafficClock.State clock, CaptureId leader, Map<CaptureId, CaptureClock> captures) {
  private static final String CLOCK = "clock";
  private static final String LEADER = "clock_of";
  private static final String UNDECIDED = "undecided";
  private static final String SPENT = "spent";
  private static final String TIMES = "times";
  private static final String SECTION = "section";
  private static final String ID = "id";

  SensorTimes {
    captures = Map.copyOf(captures);
  }

  void write(ObjectNode commit) {
    commit.put(CLOCK, clock.nanos());
    if (leader != null) {
      commit.put(LEADER, leader.value());
    } else if (clock.leader() != TrafficClock.NOBODY) {
      commit.putNull(LEADER);
    }
    write(clock.undecided(), commit);
    if (clock.spent() > 0) {
      commit.put(SPENT, clock.spent());
    }
    Map<String, CaptureClock> ordered = new TreeMap<>();
    captures.forEach((id, times) -> ordered.put(id.value(), times));
    ArrayNode list = commit.putArray(TIMES);
    ordered.forEach(
        (id, times) -> {
          ObjectNode one = list.addObject().put(ID, id).put(CLOCK, times.nanos());
          one.put(SECTION, times.section());
          write(times.undecided(), one);
        });
  }

  private static void write(List<Long> times, ObjectNode into) {
    if (!times.isEmpty()) {
      ArrayNode array = into.putArray(UNDECIDED);
      times.forEach(array::add);
    }
  }

  /** Reads them back; commits of indexers that did not keep them say the sensor's clock alone. */
  static SensorTimes read(JsonNode commit) {
    Map<CaptureId, CaptureClock> captures = new HashMap<>();
    for (JsonNode one : commit.path(TIMES)) {
      captures.put(
          new CaptureId(one.path(ID).asText()),
          new CaptureClock(
              one.path(CLOCK).asLong(),
              one.path(SECTION).asLong(PacketRecord.NO_SECTION),
              times(one)));
    }
    int by = commit.has(LEADER) ? TrafficClock.ABSENT : TrafficClock.NOBODY;
    return new SensorTimes(
        new TrafficClock.State(
            commit.path(CLOCK).asLong(), by, times(commit), commit.path(SPENT).asInt()),
        commit.hasNonNull(LEADER) ? new CaptureId(commit.path(LEADER).asText()) : null,
        captures);
  }

  private static List<Long> times(JsonNode from) {
    List<Long> times = new ArrayList<>();
    from.path(UNDECIDED).forEach(time -> times.add(time.asLong()));
    return times;
  }
}
