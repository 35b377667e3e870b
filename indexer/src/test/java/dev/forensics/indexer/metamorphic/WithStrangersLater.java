package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Unrelated packets behind the last one, a second to an hour later: flows that stay open until the
 * end of the input fall due instead.
 */
record WithStrangersLater() implements Transform {
  /** Why a flow ended; alarms that wait for an answer come before the end, and tell less. */
  private static final Statement DUE =
      ((Statement) WithStrangersLater::fallsDue)
          .or(Statement.fields("@timestamp", "forensics.flow.final").inAlarms())
          .or(WithStrangersLater::countsNoEnd)
          .or(WithStrangersLater::tellsLess);

  /** An alarm of before the end has no summary of the payload. */
  private static boolean tellsLess(Change change) {
    return change.field().startsWith("forensics.payload.")
        && change.was().containsKey("rule.id")
        && change.after() == null;
  }

  /** Bytes that are missing at the end are a gap once the flow has ended. */
  private static boolean countsNoEnd(Change change) {
    return change.field().equals("forensics.flow.history")
        && change.was().containsKey("rule.id")
        && change.before().replaceAll("[Gg]+$", "").equals(change.after());
  }

  private static boolean fallsDue(Change change) {
    return change.field().equals("forensics.flow.end_reason")
        && "end_of_input".equals(change.before());
  }

  @Override
  public String name() {
    return "with strangers later";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    if (!Years.isOfOneTime(traffic)) {
      return Optional.empty();
    }
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    long clock = traffic.lastNanos();
    for (long seconds = 1; seconds < 3_600; seconds *= 2) {
      clock += seconds * 1_000_000_000L;
      all.add(Strangers.any(random, clock));
    }
    Traffic later = traffic.with(name(), all);
    return Optional.of(Variant.of(later, View.DOCUMENTS, Strangers.ADDED.or(DUE)));
  }
}
