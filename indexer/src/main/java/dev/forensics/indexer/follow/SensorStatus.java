package dev.forensics.indexer.follow;

import dev.forensics.indexer.pipeline.MemoryUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How a sensor is, for health and metrics: written by its tick, read by anybody. Counts are of this
 * process, from its start.
 */
public final class SensorStatus {
  private final SortedMap<String, Long> stops = new TreeMap<>();
  private final SortedMap<String, Long> bounds = new TreeMap<>();
  private Map<String, MemoryUse> memory = Map.of();
  private long packets;
  private long bytes;
  private long flows;
  private long alarms;
  private long deadLetters;
  private long commits;
  private long resumptions;
  private long capturesDone;
  private long capturesFailed;
  private long capturesLost;
  private long shownLost;
  private Sightings sightings = new Sightings();
  private LongSupplier opened = () -> 0;
  private Optional<String> folder = Optional.empty();
  private long damages;
  private long astray;
  private long clockSteps;
  private long dropped;
  private Optional<String> clock = Optional.empty();
  private long lagBytes;
  private long openFlows;
  private int openCaptures;
  private int copies;
  private Instant caughtUp;
  private Instant lastTick;
  private Instant lastSign;
  private boolean isTicking;
  private Instant lastCommit;
  private Optional<String> problem = Optional.empty();
  private List<String> unreadable = List.of();
  private List<String> setAside = List.of();

  /**
   * A look at it.
   *
   * @param packets records read
   * @param bytes bytes of them on the wire
   * @param flows flow documents
   * @param alarms alarm documents
   * @param stops packets that stopped early, by "layer.reason"
   * @param bounds how often each bound of memory was reached, by its name
   * @param memory what each kind of its state takes in memory, by its name
   * @param deadLetters documents that Elasticsearch refused
   * @param commits moves of the ledger
   * @param resumptions times that the sensor's state was built again from the ledger
   * @param capturesDone captures read to their end
   * @param capturesFailed captures that broke
   * @param capturesLost captures that were gone or overwritten before they were read to their end,
   *     those included that came and went while reading waits
   * @param damages damaged places in captures that reading passed over
   * @param astray packets whose time was not believed
   * @param clockSteps how often the clock of a capture was set, back or far forward
   * @param dropped packets that captures say were dropped before they could be written
   * @param clock what was found last of these, and in which capture
   * @param openCaptures captures being followed
   * @param filesOpened files that were opened to see what they hold
   * @param copies files in the folder that are left out, since their capture is read from another
   * @param openFlows flows open at the latest commit
   * @param lagBytes bytes found in the folder and not read yet
   * @param lag how long ago the sensor was last caught up; zero when it is
   * @param lastTick when it was last looked at; null before
   * @param lastCommit when the ledger last moved; null before
   * @param isTicking true while it is being read
   * @param lastSign when it last showed that it goes on
   * @param folder why the folder cannot hold the sensor's captures, as when it is not mounted
   * @param problem why the latest tick failed
   * @param unreadable files that cannot be read, with the reason
   * @param setAside captures that are not read, since they ended the process
   */
  public record View(
      long packets,
      long bytes,
      long flows,
      long alarms,
      Map<String, Long> stops,
      Map<String, Long> bounds,
      Map<String, MemoryUse> memory,
      long deadLetters,
      long commits,
      long resumptions,
      long capturesDone,
      long capturesFailed,
      long capturesLost,
      long damages,
      long astray,
      long clockSteps,
      long dropped,
      Optional<String> clock,
      int openCaptures,
      long filesOpened,
      int copies,
      long openFlows,
      long lagBytes,
      Duration lag,
      Instant lastTick,
      Instant lastCommit,
      boolean isTicking,
      Instant lastSign,
      Optional<String> folder,
      Optional<String> problem,
      List<String> unreadable,
      List<String> setAside) {}

  /** Nothing is known before the first tick. */
  public SensorStatus(Instant now) {
    caughtUp = now;
    lastSign = now;
  }

  /** As it is at this moment. */
  public synchronized View view(Instant now) {
    Duration lag = isCaughtUp() ? Duration.ZERO : age(now);
    shownLost = Math.max(shownLost, capturesLost + sightings.unread());
    return new View(
        packets,
        bytes,
        flows,
        alarms,
        Map.copyOf(stops),
        Map.copyOf(bounds),
        memory,
        deadLetters,
        commits,
        resumptions,
        capturesDone,
        capturesFailed,
        shownLost,
        damages,
        astray,
        clockSteps,
        dropped,
        clock,
        openCaptures,
        opened.getAsLong(),
        copies,
        openFlows,
        lagBytes,
        lag,
        lastTick,
        lastCommit,
        isTicking,
        lastSign,
        folder,
        problem,
        unreadable,
        setAside);
  }

  /** A tick under way may have read everything and wait for Elasticsearch. */
  private boolean isCaughtUp() {
    return !isTicking && lagBytes == 0 && problem.isEmpty();
  }

  private Duration age(Instant now) {
    Duration age = Duration.between(caughtUp, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  synchronized void read(long morePackets, long moreBytes) {
    packets += morePackets;
    bytes += moreBytes;
  }

  synchronized void found(long moreFlows, long moreAlarms) {
    flows += moreFlows;
    alarms += moreAlarms;
  }

  /** Times were found in a capture that are not those of the packets around them. */
  synchronized void clockOf(Path capture, long moreAstray, long moreSteps) {
    astray += moreAstray;
    clockSteps += moreSteps;
    clock =
        Optional.of(
            "%s: the times of its packets jump: %d astray, clock set %d times"
                .formatted(capture, moreAstray, moreSteps));
  }

  synchronized void droppedBefore(long more) {
    dropped += more;
  }

  synchronized void stopped(String stop, long more) {
    stops.merge(stop, more, Long::sum);
  }

  /** True when the bound was not reached before. */
  synchronized boolean boundReached(String bound, long more) {
    return bounds.merge(bound, more, Long::sum) == more;
  }

  synchronized void memory(Map<String, MemoryUse> used) {
    memory = Map.copyOf(used);
  }

  synchronized void deadLettered(long more) {
    deadLetters += more;
  }

  synchronized void committed(Instant now, long open) {
    commits++;
    lastCommit = now;
    openFlows = open;
  }

  /** The state of a commit was built again, so many flows with it. */
  synchronized void resumed(long open) {
    resumptions++;
    openFlows = open;
  }

  synchronized void captureDone() {
    capturesDone++;
  }

  synchronized void captureFailed() {
    capturesFailed++;
  }

  synchronized void captureLost() {
    capturesLost(1);
  }

  synchronized void capturesLost(long more) {
    capturesLost += more;
  }

  /**
   * What is seen in the folder, also while reading waits.
   *
   * @param files tells how many files were opened to see what they hold
   */
  synchronized void sees(Sightings seen, LongSupplier files) {
    sightings = seen;
    opened = files;
  }

  /** Whether the folder can hold the sensor's captures; empty when it can. */
  synchronized void folder(Optional<String> why) {
    folder = why;
  }

  synchronized void captureDamaged() {
    damages++;
  }

  synchronized void copies(int files) {
    copies = files;
  }

  synchronized void begin(Instant now) {
    if (isCaughtUp()) {
      caughtUp = now;
    }
    isTicking = true;
    lastSign = now;
  }

  synchronized void lag(Instant now, long bytesBehind, int followed) {
    lastSign = now;
    lagBytes = bytesBehind;
    openCaptures = followed;
  }

  synchronized void unreadable(List<String> files) {
    unreadable = List.copyOf(files);
  }

  synchronized void setAside(List<String> captures) {
    setAside = List.copyOf(captures);
  }

  synchronized void ticked(Instant now) {
    isTicking = false;
    lastTick = now;
    problem = Optional.empty();
    if (lagBytes == 0) {
      caughtUp = now;
    }
  }

  /** Another indexer may read it: how it is there is told there. */
  synchronized void released() {
    lagBytes = 0;
    memory = Map.of();
    openFlows = 0;
    openCaptures = 0;
    problem = Optional.empty();
    folder = Optional.empty();
    unreadable = List.of();
  }

  synchronized void failed(Instant now, Exception why) {
    isTicking = false;
    lastTick = now;
    problem = Optional.of(why.getMessage() == null ? why.toString() : why.getMessage());
  }
}
