package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.CaptureFailureListener;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.MergedCaptures;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureState;
import dev.forensics.indexer.index.CaptureLedger;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;
import java.io.IOException;
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
final class FollowedCaptures {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedCaptures.class);

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

  private final CaptureTroubles troubles;
  private final CaptureEnds ends;
  private final ReadableNews news;
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
    troubles = new CaptureTroubles(sensor, status, numbered::get);
    ends = new CaptureEnds(sensor, status);
    news = new ReadableNews(numbered.values());
  }

  /** Hears what is wrong with the captures that are read. */
  CaptureFailureListener listener() {
    return troubles;
  }

  void readWith(MergedReader merged) {
    reader = merged;
    troubles.readWith(merged);
    ends.readWith(merged);
    news.readWith(merged);
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
    known.values().stream()
        .filter(FollowedCapture::isLost)
        .forEach(capture -> ends.lose(capture, now));
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

  /** What of them can be read next. */
  ReadableNews news() {
    return news;
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
      troubles.interfaces(capture, reader.captures().interfaces(number));
    }
    return parts;
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
      if (capture.isFollowed()) {
        boolean isLatest = capture.progress.capture().firstPacketNanos() >= latestStartNanos;
        ends.look(capture, isQuiet, isLatest, now);
      }
    }
    known.values().removeIf(FollowedCapture::isForTheLedgerAlone);
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
      if (capture.isFollowed() && !ends.isCaughtUp(capture.number())) {
        behind += capture.bytesBehind();
      }
    }
    return behind;
  }
}
