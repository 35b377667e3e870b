package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.CaptureDamage;
import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFailureListener;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.MergedCaptures;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureState;
import dev.forensics.indexer.index.CaptureLedger;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captures of one followed sensor: which are new, which grow, which are over. */
final class FollowedCaptures implements CaptureFailureListener {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedCaptures.class);

  /** A capture that nobody wrote to for so long, with a later one beside it, is complete. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final String sensor;
  private final CaptureLedger ledger;
  private final SensorStatus status;
  private final SensorCaptures captures;
  private final ReadingAttempts attempts;
  private final Map<CaptureId, FollowedCapture> known = new HashMap<>();

  /** Captures by number, as long as something of them may have to be read again. */
  private final Map<Integer, FollowedCapture> numbered = new TreeMap<>();

  /** Captures that are read on once the replay is over. */
  private final List<Integer> restored = new ArrayList<>();

  private MergedReader reader;
  private ResumedTimes times = ResumedTimes.NONE;
  private long latestStartNanos = Long.MIN_VALUE;

  FollowedCaptures(
      String sensor,
      CaptureLedger ledger,
      SensorStatus status,
      ReadingAttempts attempts,
      SensorCaptures captures) {
    this.attempts = attempts;
    captures.onBegin(begun -> attempts.reading(begun.capture().id(), begun.capture().path()));
    this.sensor = sensor;
    this.ledger = ledger;
    this.status = status;
    this.captures = captures;
  }

  void readWith(MergedReader merged) {
    reader = merged;
  }

  /**
   * Takes in what lies in the folder now: new captures and grown ones are followed.
   *
   * @param gone what left it since the last time, as it was seen last
   */
  void discover(Collection<CaptureFile> found, Collection<CaptureFile> gone, Instant now)
      throws IOException {
    known.values().forEach(capture -> capture.isPresent = false);
    List<CaptureFile> strangers = new ArrayList<>();
    for (CaptureFile file : found) {
      FollowedCapture capture = known.get(file.id());
      if (capture == null) {
        strangers.add(file);
      } else {
        capture.moved(file);
        if (capture.wantsReading()) {
          goOn(capture, now);
        } else if (capture.isFollowed()) {
          reader.moved(capture.number(), file);
        }
      }
      latestStartNanos = Math.max(latestStartNanos, file.firstPacketNanos());
    }
    for (FollowedCapture capture : meet(strangers, now)) {
      if (capture.wantsReading()) {
        goOn(capture, now);
      }
    }
    meetGone(gone, now);
    status.setAside(
        known.values().stream()
            .filter(capture -> capture.isSetAside() && capture.isPresent)
            .map(capture -> capture.progress.failure())
            .toList());
  }

  /** True when it is not read any more, since it ended the process. */
  private boolean setAside(FollowedCapture capture, Instant now) {
    CaptureFile file = capture.progress.capture();
    Optional<String> problem = attempts.problem(file.id(), file.path());
    problem.ifPresent(
        words -> {
          capture.setAside(words, now);
          status.captureFailed();
          LOG.warn("sensor={} {}", sensor, words);
        });
    return problem.isPresent();
  }

  /** What came and went while nothing was read has its entry in the ledger, too. */
  private void meetGone(Collection<CaptureFile> gone, Instant now) throws IOException {
    List<CaptureFile> strangers = new ArrayList<>();
    for (CaptureFile file : gone) {
      FollowedCapture capture = known.get(file.id());
      if (capture == null) {
        strangers.add(file);
      } else {
        capture.seen(file.sizeBytes());
      }
    }
    meet(strangers, now).forEach(capture -> capture.isPresent = false);
  }

  /** What was looked for elsewhere and is nowhere, or came and went before it was read. */
  void giveUpWhatIsGone(Instant now) {
    for (FollowedCapture capture : known.values()) {
      if (capture.isLost()) {
        lose(capture, now);
      }
    }
  }

  private void lose(FollowedCapture capture, Instant now) {
    Path path = capture.progress.capture().path();
    long position = capture.progress.position();
    String problem =
        position == 0
            ? path + ": gone, or overwritten, before it was read"
            : "%s: gone, or overwritten, before it was read to its end; read up to byte %d"
                .formatted(path, position);
    capture.failed(problem);
    capture.lose(now);
    status.captureLost();
    LOG.warn("sensor={} {}", sensor, problem);
  }

  private List<FollowedCapture> meet(List<CaptureFile> strangers, Instant now) throws IOException {
    Map<CaptureId, CaptureEntry> entries =
        ledger.entries(sensor, strangers.stream().map(CaptureFile::id).toList());
    List<FollowedCapture> met = new ArrayList<>();
    for (CaptureFile file : strangers) {
      met.add(meet(file, entries.get(file.id()), now));
    }
    return met;
  }

  /**
   * Takes in what lies in the folder as far as it was there when an announcement was made; captures
   * that came later wait.
   */
  void discoverFor(Announcement announced, Collection<CaptureFile> found, Instant now)
      throws IOException {
    discover(
        found.stream()
            .filter(f -> known.containsKey(f.id()) || announced.limits().containsKey(f.id()))
            .toList(),
        List.of(),
        now);
  }

  /** What can be read now and was not announced yet. */
  Announcement news(String node, Instant now) {
    Map<CaptureId, Long> limits = new HashMap<>();
    boolean any = false;
    Map<CaptureId, Long> holes = new HashMap<>();
    for (FollowedCapture capture : numbered.values()) {
      if (capture.isFollowed() && capture.hasNews()) {
        CaptureFile file = capture.progress.capture();
        limits.put(file.id(), capture.limit());
        any |= capture.hasGrown() || !reader.captures().isHolding(capture.number());
        if (capture.hole.isGivenUp()) {
          any = true;
          holes.put(file.id(), capture.hole.passesTo(capture, now));
        }
      }
    }
    return new Announcement(node, any ? limits : Map.of(), holes);
  }

  /**
   * Decides which holes are not waited for any longer.
   *
   * @param isQuiet as in {@link #closeFinished}
   * @return true when one was given up just now: there is more to be read
   */
  boolean giveUpHoles(boolean isQuiet, Instant now) {
    boolean isAny = false;
    for (FollowedCapture capture : numbered.values()) {
      isAny |= capture.isFollowed() && capture.hole.look(reader.holes(), capture, isQuiet, now);
    }
    return isAny;
  }

  /** True while records were read that wait for others to decide about their time. */
  boolean areHolding() {
    return numbered.values().stream()
        .anyMatch(capture -> capture.isFollowed() && reader.captures().isHolding(capture.number()));
  }

  /** Of what is read next, the capture that began last is to blame if the process ends. */
  void noteAttempt() {
    numbered.values().stream()
        .filter(FollowedCapture::isFollowed)
        .map(capture -> capture.progress.capture())
        .max(Comparator.comparingLong(CaptureFile::firstPacketNanos))
        .ifPresent(file -> attempts.reading(file.id(), file.path()));
  }

  /** Nothing but what was announced is read next. */
  void limitTo(Announcement announced) {
    for (FollowedCapture capture : numbered.values()) {
      if (!capture.isFollowed()) {
        continue;
      }
      Long limit = announced.limits().get(capture.progress.capture().id());
      if (limit != null) {
        capture.announced(limit);
      }
      long position = reader.position(capture.number());
      reader.limit(capture.number(), limit == null ? position : limit);
      Long holes = announced.holes().get(capture.progress.capture().id());
      if (holes != null) {
        reader.holes().passTo(capture.number(), holes);
      }
    }
  }

  private FollowedCapture meet(CaptureFile file, CaptureEntry entry, Instant now) {
    FollowedCapture capture =
        entry == null
            ? FollowedCapture.found(CaptureProgress.resumed(file, new CaptureEntry()), now)
            : FollowedCapture.resumed(CaptureProgress.resumed(file, entry), entry);
    known.put(file.id(), capture);
    return capture;
  }

  private void goOn(FollowedCapture capture, Instant now) {
    if (setAside(capture, now)) {
      return;
    }
    long position = capture.progress.position();
    int number = captures.add(capture.progress);
    CaptureClock committed = times.clock(capture, position);
    CaptureClock clock = committed == null ? capture.clock() : committed;
    reader.add(number, capture.progress.capture(), position, clock);
    times.follow(capture, number);
    capture.follow(number, position);
    numbered.put(number, capture);
  }

  /**
   * A capture with parts that have to be read again; its number is the count before.
   *
   * @param path where it lay
   * @param file where it lies; null when it is gone
   * @param entry the ledger's
   */
  void restore(CaptureId id, String path, CaptureFile file, CaptureEntry entry, Instant now) {
    if (file == null) {
      captures.skip();
      if (entry == null || entry.state == CaptureState.READING) {
        status.captureLost();
        LOG.warn(
            "sensor={} {} is gone before it was read to its end, capture={}", sensor, path, id);
      }
      return;
    }
    FollowedCapture capture = known.containsKey(id) ? known.get(id) : meet(file, entry, now);
    numbered.put(captures.add(capture.progress), capture);
  }

  /** Reads a restored capture again, from the beginning of a part on. */
  void reopen(ReadingSteps.Part part) {
    CaptureFile file = numbered.get(part.capture()).progress.capture();
    reader.add(part.capture(), file, part.from(), part.clock());
  }

  /**
   * A restored capture was read again to where it has to be. One that grows stays open, and held at
   * this place as long as others are read again.
   *
   * @param isComplete as far as it was committed
   */
  void readAgain(int number, boolean isComplete) {
    if (numbered.get(number).goesOn() && isComplete) {
      restored.add(number);
    } else {
      reader.finish(number);
    }
  }

  /**
   * Everything was read again: captures that grow are read on.
   *
   * @param committed how the clocks stand
   */
  void goOnAfterReplay(SensorTimes committed, Instant now) {
    times = new ResumedTimes(committed, reader.clock());
    for (int number : restored) {
      FollowedCapture capture = numbered.get(number);
      if (setAside(capture, now)) {
        reader.finish(number);
        continue;
      }
      reader.limit(number, Long.MAX_VALUE);
      times.follow(capture, number);
      capture.follow(number, capture.progress.position());
      capture.stepClock = reader.captures().clock(number);
    }
    restored.clear();
  }

  /** How the clocks stand now. */
  SensorTimes times() {
    Map<CaptureId, CaptureClock> clocks = new HashMap<>();
    for (FollowedCapture capture : numbered.values()) {
      CaptureClock clock = capture.isFollowed() ? reader.captures().clock(capture.number()) : null;
      if (clock != null && capture.progress.position() > 0) {
        clocks.put(capture.progress.capture().id(), clock);
      }
    }
    TrafficClock.State clock = reader.clock().state();
    boolean isAbsent = clock.leader() == TrafficClock.ABSENT;
    CaptureId leader = isAbsent ? times.leader() : captures.id(clock.leader());
    return new SensorTimes(clock, leader, clocks);
  }

  /** The capture of a number; null when it is gone or not needed any more. */
  FollowedCapture numbered(int number) {
    return numbered.get(number);
  }

  /** What was read since the last time; notes how far each capture is. */
  List<ReadingSteps.Part> partsRead() {
    List<ReadingSteps.Part> parts = new ArrayList<>();
    for (FollowedCapture capture : numbered.values()) {
      if (!capture.isFollowed()) {
        continue;
      }
      int number = capture.number();
      long position = reader.position(number);
      if (position > capture.stepFrom) {
        parts.add(part(capture, position));
        capture.stepFrom = position;
        capture.stepClock = reader.captures().clock(number);
      }
      capture.reached(position, reader.captures().trailingBytes(number));
      tellInterfaces(capture.progress, reader.captures().interfaces(number));
    }
    return parts;
  }

  private void tellInterfaces(CaptureProgress progress, CaptureInterfaces told) {
    if (progress.interfaces(told)) {
      LOG.warn(
          "sensor={} {}: the writer lost packets: {}",
          sensor,
          progress.capture().path(),
          told.words());
    }
  }

  private ReadingSteps.Part part(FollowedCapture capture, long to) {
    int number = capture.number();
    MergedCaptures now = reader.captures();
    CaptureClock before = capture.stepClock == null ? now.openedWith(number) : capture.stepClock;
    return new ReadingSteps.Part(number, capture.stepFrom, to, now.lookedTo(number), before);
  }

  /**
   * Closes the captures that are over.
   *
   * @param isQuiet nothing new has come for so long that even the last one is
   */
  void closeFinished(boolean isQuiet, Instant now) {
    for (FollowedCapture capture : List.copyOf(numbered.values())) {
      if (!capture.isFollowed()) {
        continue;
      }
      boolean isOver = isReadUp(capture) && isOver(capture, isQuiet, now);
      if (isOver) {
        reader.holes().failUnresolved(capture.number());
      }
      if (reader.captures().hasFailed(capture.number())) {
        closeFailed(capture, now);
      } else if (isOver || !reader.captures().isFollowed(capture.number())) {
        close(capture, CaptureState.DONE, now);
      } else {
        capture.wasAtEnd = reader.captures().isAtEnd(capture.number());
      }
    }
    known.values().removeIf(FollowedCapture::isForTheLedgerAlone);
  }

  /** A name that is used again, or gone, says nothing about the capture that lay there. */
  private void closeFailed(FollowedCapture capture, Instant now) {
    if (reader.captures().file(capture.number()).isWhereItWas()) {
      if (capture.isNewProblem()) {
        status.captureFailed();
        LOG.warn("sensor={} {}", sensor, capture.progress.failure());
      }
      close(capture, CaptureState.FAILED, now);
    } else if (capture.wasAtEnd) {
      capture.failed(null); // a ring took the name for its next file
      close(capture, CaptureState.DONE, now);
    } else {
      capture.leave(reader.captures().clock(capture.number()));
      reader.finish(capture.number());
      capture.lookElsewhere();
    }
  }

  private boolean isReadUp(FollowedCapture capture) {
    int number = capture.number();
    return isCaughtUp(number) && !reader.captures().isHolding(number) && !capture.hasGrown();
  }

  private boolean isOver(FollowedCapture capture, boolean isQuiet, Instant now) {
    boolean isLatest = capture.progress.capture().firstPacketNanos() >= latestStartNanos;
    return isQuiet || !capture.isPresent || (!isLatest && capture.isLeftAlone(SETTLED, now));
  }

  private void close(FollowedCapture capture, CaptureState as, Instant now) {
    capture.leave(reader.captures().clock(capture.number()));
    reader.finish(capture.number());
    if (as == CaptureState.DONE && capture.isCutShort()) {
      lose(capture, now);
      return;
    }
    if (as == CaptureState.DONE) {
      status.captureDone();
    }
    capture.finish(as, now);
  }

  @Override
  public void captureFailed(int number, CaptureException problem) {
    FollowedCapture capture = numbered.get(number);
    capture.failed(problem.getMessage());
    if (!capture.wasAtEnd && !reader.captures().file(number).isWhereItWas()) {
      reader.hold(); // it is found elsewhere by the next tick, and comes before later captures
    }
  }

  @Override
  public void captureDamaged(int number, CaptureDamage damage) {
    if (numbered.get(number).progress.damaged(damage)) {
      status.captureDamaged();
      LOG.warn("sensor={} {}", sensor, damage.problem());
    }
  }

  @Override
  public void captureOdd(int number, String words) {
    if (numbered.get(number).progress.odd(words)) {
      LOG.warn("sensor={} {}", sensor, words);
    }
  }

  /** Forgets the captures that are closed and of which nothing will be read again. */
  void forgetAllBut(Set<Integer> needed) {
    Set<Integer> open = new HashSet<>(needed);
    numbered.forEach(
        (number, capture) -> {
          if ((capture.isFollowed() && capture.number() == number) || capture.hasChanged()) {
            open.add(number);
          }
        });
    for (Integer number : List.copyOf(numbered.keySet())) {
      if (!open.contains(number)) {
        numbered.remove(number);
        captures.forget(number);
      }
    }
  }

  /** Those whose entries of the ledger are out of date, each once. */
  Set<FollowedCapture> changed() {
    Set<FollowedCapture> changed = new LinkedHashSet<>(numbered.values());
    changed.addAll(known.values());
    changed.removeIf(capture -> !capture.hasChanged());
    return changed;
  }

  Collection<FollowedCapture> known() {
    return known.values();
  }

  /** How many captures are followed. */
  int followed() {
    return (int) numbered.values().stream().filter(FollowedCapture::isFollowed).distinct().count();
  }

  /** Bytes in the folder that were not read yet; of compressed captures as they lie there. */
  long bytesBehind() {
    long behind = 0;
    for (FollowedCapture capture : new HashSet<>(numbered.values())) {
      if (capture.isFollowed() && !isCaughtUp(capture.number())) {
        behind += capture.bytesBehind();
      }
    }
    return behind;
  }

  private boolean isCaughtUp(int number) {
    return reader.captures().isAtEnd(number) && !reader.holes().isBefore(number);
  }
}
