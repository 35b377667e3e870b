package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.capture.LettingGo;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.decode.FragmentReassembler;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.flow.StartSet;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.pipeline.SensorCaptures;
import dev.forensics.indexer.pipeline.SensorPipeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * A sensor as it is being followed: open flows, open captures, and what the ledger knows of them.
 * What happens between two commits is done again after a crash. Used by one thread at a time.
 */
final class SensorRun implements AutoCloseable {
  /** Captured bytes of a step of reading, those that opening captures counts for included. */
  static final long STEP_BYTES = 32L << 20;

  private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

  /** A commit of many open flows takes its time: no more than this part of all time. */
  private static final int COMMIT_SHARE = 10;

  private static final Duration CHEAP_COMMIT = Duration.ofMillis(100);

  private final String sensor;
  private final FollowSettings settings;
  private final SensorCommits commits;
  private final DocumentSink sink;
  private final Runnable caughtUp;
  private final SensorStatus status;
  private final InstantSource clock;
  private final SensorCaptures captures;
  private final FollowedCaptures followed;
  private final SensorPipeline pipeline;
  private final MergedReader reader;
  private final StatusTally tally;
  private ReadingSteps steps = new ReadingSteps();
  private Announcements announced = new Announcements(List.of());
  private Optional<SensorCommits.Stored> stored;
  private long sequence;
  private boolean isCaughtUp;
  private boolean isUncommitted;
  private boolean hasOpenFlows;
  private boolean areEntriesUnderWay;
  private Instant lastNews;
  private Instant lastCommit;
  private Duration commitTook = Duration.ZERO;

  /**
   * @param parts what it is made of
   * @param stored the commit it goes on from
   */
  SensorRun(SensorRunParts parts, Optional<SensorCommits.Stored> stored) {
    sensor = parts.sensor();
    settings = parts.settings();
    commits = parts.commits();
    sink = parts.sink();
    caughtUp = parts.caughtUp();
    status = parts.status();
    clock = parts.clock();
    captures = parts.captures();
    followed = parts.followed();
    pipeline = parts.pipeline();
    reader = new MergedReader(pipeline.blocks(), followed.listener(), true, pipeline.clock());
    followed.readWith(reader);
    tally = new StatusTally(status, captures, sink);
    this.stored = stored;
    lastNews = SteadyClock.PROCESS.instant();
    lastCommit = lastNews;
  }

  /** True when the stored commit is the one this run goes on from. */
  boolean isCurrent() throws IOException {
    return commits
        .read(sensor)
        .map(SensorCommits.Stored::sequenceNumber)
        .equals(stored.map(SensorCommits.Stored::sequenceNumber));
  }

  /**
   * Builds the open flows again.
   *
   * @param found what lies in the folder now
   * @param ledger the entries of the commit's captures
   */
  void replay(SensorCommit commit, FolderScan.Found found, Map<String, CaptureEntry> ledger)
      throws IOException {
    sequence = commit.sequence();
    steps = new Replaying(commit, pipeline, reader, followed, clock.instant()).run(found, ledger);
    announced = new Announcements(commit.announced());
    tally.begin();
    hasOpenFlows = !commit.starts().isEmpty();
    isUncommitted =
        !settings.owner().equals(commit.owner()); // the commit is to say whose it is now
    if (commit.ending()) {
      endFlows();
    }
  }

  private void endFlows() {
    pipeline.endFlows();
    hasOpenFlows = false;
    isUncommitted = true;
  }

  /** Sends entries of the ledger that may not have reached it. */
  void resend(List<CaptureEntry> entries) throws IOException, InterruptedException {
    for (CaptureEntry entry : entries) {
      sink.accept(LedgerEntries.document(entry));
    }
    sink.flush();
  }

  /**
   * Reads what is new, to the end or until it is told to stop, and commits.
   *
   * @param found what lies in the folder now
   * @param sightings what left it, to be judged here
   * @param isFolderThere false while the folder looks as if it were not mounted: nothing is given
   *     up then
   */
  void tick(
      FolderScan.Found found, Sightings sightings, boolean isFolderThere, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    if (areEntriesUnderWay) {
      sink.flush(); // the ledger is asked about what is met now
      areEntriesUnderWay = false;
    }
    boolean isRead = true;
    while (isRead && announced.isPending()) {
      followed.discoverFor(announced.next(), found.captures(), clock.instant());
      isRead = readAnnounced(stopping);
    }
    if (isRead) {
      catchUp();
      discover(found, sightings, isFolderThere);
      readNews(stopping);
    }
    boolean isAnyHoleGivenUp = followed.news().giveUpHoles(isQuiet(), clock.instant());
    boolean isQuiet = isQuiet() && !isAnyHoleGivenUp;
    if (isQuiet && followed.areHolding()) {
      readLetGo(LettingGo.ALL); // nothing comes that could decide about them
    }
    boolean isEnding = isQuiet && hasOpenFlows;
    if (isEnding) {
      commit(true);
      endFlows();
    }
    followed.closeFinished(isQuiet, clock.instant());
    finishTick(isEnding);
  }

  private void discover(FolderScan.Found found, Sightings sightings, boolean isFolderThere)
      throws IOException {
    List<CaptureFile> gone = sightings.gone();
    followed.discover(found.captures(), gone, clock.instant());
    if (isFolderThere) {
      followed.giveUpWhatIsGone(clock.instant());
      status.capturesLost(sightings.took(gone, found.captures()));
    }
    status.lag(SteadyClock.PROCESS.instant(), followed.bytesBehind(), followed.followed());
  }

  private void finishTick(boolean isEnding) throws IOException, InterruptedException {
    isUncommitted |= !followed.changed().isEmpty();
    if (isUncommitted && (isEnding || isCommitDue(Duration.ZERO))) {
      commit(false);
    } else {
      if (isUncommitted) {
        pipeline.settle();
      }
      sink.flush(); // also without news: evidence that could not be stored is tried again
    }
    if (!isUncommitted) {
      settings.attempts().rest();
    }
    status.lag(SteadyClock.PROCESS.instant(), followed.bytesBehind(), followed.followed());
  }

  /** Nothing was read that was not announced, so from here on no document was sent before. */
  private void catchUp() throws IOException, InterruptedException {
    if (!isCaughtUp) {
      pipeline.settle();
      sink.flush();
      caughtUp.run();
      isCaughtUp = true;
    }
  }

  private void readNews(BooleanSupplier stopping) throws IOException, InterruptedException {
    Announcement news = followed.news().announce(settings.node(), clock.instant());
    if (news.isEmpty()) {
      readStep(); // what failed is noticed
      return;
    }
    stored = Optional.of(commits.amend(sensor, announced.with(news), stored.orElseThrow()));
    announced.add(news);
    readAnnounced(stopping);
  }

  /** False when it has to be gone on with. */
  private boolean readAnnounced(BooleanSupplier stopping) throws IOException, InterruptedException {
    followed.news().limitTo(announced.next());
    followed.noteAttempt();
    reader.wake();
    long bytes;
    do {
      bytes = readStep();
      if (bytes >= STEP_BYTES && isCommitDue(COMMIT_EVERY)) {
        commit(false);
      }
    } while (bytes >= STEP_BYTES && !stopping.getAsBoolean());
    boolean isRead = bytes < STEP_BYTES && !reader.isHeld();
    if (isRead && followed.areHolding()) {
      readLetGo(LettingGo.AFTER_PAUSE); // an alarm does not wait for what comes after its packets
    }
    if (isRead) {
      announced.markRead();
    }
    if (!isUncommitted) {
      announced.forgetRead(); // there was nothing to be read, such as half a record
    }
    return isRead;
  }

  private void readLetGo(LettingGo which) {
    reader.letGo(which);
    long bytes;
    do {
      bytes = readStep(which);
    } while (bytes >= STEP_BYTES);
  }

  private long readStep() {
    return readStep(LettingGo.NONE);
  }

  private long readStep(LettingGo lettingGo) {
    TrafficClock.State clockBefore = pipeline.clock().state();
    long bytes = pipeline.read(reader, STEP_BYTES);
    List<ReadingSteps.Part> parts = followed.partsRead();
    if (!parts.isEmpty()) {
      steps.add(new ReadingSteps.Step(clockBefore, parts, lettingGo));
      isUncommitted = true;
      hasOpenFlows = true;
      lastNews = SteadyClock.PROCESS.instant();
    }
    followed.closeFinished(false, clock.instant());
    tally.update(sensor, pipeline.bounds());
    status.lag(SteadyClock.PROCESS.instant(), followed.bytesBehind(), followed.followed());
    return bytes;
  }

  private boolean isQuiet() {
    return since(lastNews).compareTo(settings.quiet()) >= 0;
  }

  private boolean isCommitDue(Duration least) {
    boolean isCheap = commitTook.compareTo(CHEAP_COMMIT) < 0;
    Duration share = isCheap ? Duration.ZERO : commitTook.multipliedBy(COMMIT_SHARE);
    return since(lastCommit).compareTo(least.compareTo(share) < 0 ? share : least) >= 0;
  }

  private Duration since(Instant time) {
    return Duration.between(time, SteadyClock.PROCESS.instant());
  }

  /**
   * Waits until every document so far is stored, then moves the ledger on.
   *
   * @param ending true before the open flows are ended
   */
  void commit(boolean ending) throws IOException, InterruptedException {
    Instant begun = SteadyClock.PROCESS.instant();
    StartSet starts = pipeline.openFlows();
    Duration took = since(begun);
    sink.flush();
    begun = SteadyClock.PROCESS.instant();
    tally.update(sensor, pipeline.bounds());
    forgetPast(starts);
    write(starts, ending);
    isUncommitted = false;
    hasOpenFlows = !starts.isEmpty();
    lastCommit = SteadyClock.PROCESS.instant();
    commitTook = took.plus(since(begun));
    status.committed(lastCommit, starts.size());
  }

  private void forgetPast(StartSet starts) {
    int first = Integer.MAX_VALUE;
    for (int capture : starts.captureIndexes()) {
      first = Math.min(first, steps.indexOf(capture, starts.firstPosition(capture)));
    }
    FragmentReassembler fragments = pipeline.fragments();
    if (fragments.isHolding()) {
      int step = steps.indexOf(fragments.oldestCaptureIndex(), fragments.oldestPosition());
      first = Math.min(first, step);
    }
    steps.forgetBefore(Math.min(first, steps.all().size()));
    followed.forgetAllBut(steps.captures());
  }

  private void write(StartSet starts, boolean ending) throws IOException, InterruptedException {
    Instant now = clock.instant();
    Map<Integer, Integer> numbers = new HashMap<>();
    List<SensorCommit.Capture> listed = new ArrayList<>();
    for (int number : new TreeSet<>(steps.captures())) {
      numbers.put(number, listed.size());
      listed.add(new SensorCommit.Capture(captures.id(number), captures.path(number)));
    }
    Map<FollowedCapture, CaptureEntry> entries = new HashMap<>();
    for (FollowedCapture changed : followed.changed()) {
      entries.put(changed, changed.entry(sensor, settings.node(), now));
    }
    SensorCommit commit =
        new SensorCommit(
            sensor,
            settings.owner(),
            sequence + 1,
            now,
            followed.times(),
            ending,
            listed,
            StepsForm.write(steps, numbers),
            starts.withCaptureIndexes(numbers::get),
            announced.pending(),
            List.copyOf(entries.values()));
    stored = Optional.of(commits.write(sensor, commit.toJson(), stored));
    sequence++;
    announced.forgetRead();
    for (Map.Entry<FollowedCapture, CaptureEntry> entry : entries.entrySet()) {
      sink.accept(LedgerEntries.document(entry.getValue()));
      entry.getKey().confirm(entry.getValue());
      areEntriesUnderWay = true;
    }
  }

  /** Commits what was read, so that little is read again. */
  void leave() throws IOException, InterruptedException {
    if (isUncommitted) {
      commit(false);
    }
    sink.flush();
  }

  /** What is known of the captures that were met. */
  List<KnownCapture> knownCaptures() {
    return followed.known().stream().map(KnownCapture::of).toList();
  }

  /** True when something was read that a commit does not cover. */
  boolean isUncommitted() {
    return isUncommitted;
  }

  /** Lets go of captures and threads; what was not committed is read again. */
  @Override
  public void close() {
    reader.close();
    pipeline.close();
  }
}
