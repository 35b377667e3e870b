package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.ScanStoppedException;
import dev.forensics.indexer.capture.SkippedFile;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ResumingSink;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.index.SensorTakenException;
import dev.forensics.indexer.pipeline.MemoryShare;
import dev.forensics.indexer.pipeline.PipelineException;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorCaptures;
import dev.forensics.indexer.pipeline.SensorPipeline;
import dev.forensics.indexer.schedule.SensorTick;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sensor whose folder is followed: each tick reads what is new and moves the ledger on. Whatever
 * goes wrong, the next tick goes on from the latest commit.
 */
public final class FollowedSensor implements SensorTick {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedSensor.class);

  /** How often, and at what distance, captures are looked for that should be there. */
  private static final int LOOKS = 5;

  private static final int LOOK_EVERY_MILLIS = 200;

  private final SensorAssembly assembly;
  private final FollowSettings settings;
  private final SensorStorage storage;
  private final EvidenceKeeper evidence;
  private final InstantSource clock;
  private final SensorStatus status;
  private final FolderScan scan;
  private final CaptureIdentities identities;
  private final Sightings sightings = new Sightings();
  private SensorRun run;
  private List<String> toldProblems = List.of();
  private Optional<String> toldFolder = Optional.empty();
  private Set<Path> toldCopies = Set.of();
  private volatile boolean isStopping;
  private volatile boolean isHeld;
  private volatile long lastLookNanos;
  private boolean isLeftUncommitted;

  /** Puts something before a sensor's sink that keeps the packets of its alarms. */
  @FunctionalInterface
  public interface EvidenceKeeper {
    /** Keeps nothing. */
    EvidenceKeeper NONE = (sink, captures) -> sink;

    /**
     * A sink that takes the documents in its place.
     *
     * @param sink where the documents go
     * @param captures where the sensor's captures lie now
     */
    DocumentSink before(DocumentSink sink, SensorCaptures captures);

    /** No documents come any more: what is looked for beside them is left, and nobody waits. */
    default void letGo() {}
  }

  /**
   * Nothing is read before the first tick.
   *
   * @param assembly the sensor's parts
   * @param settings what is followed
   * @param storage where documents and commits go
   * @param evidence keeps the packets of alarms
   */
  public FollowedSensor(
      SensorAssembly assembly,
      FollowSettings settings,
      SensorStorage storage,
      EvidenceKeeper evidence) {
    this.assembly = assembly;
    this.settings = settings;
    this.storage = storage;
    this.evidence = evidence;
    this.clock = assembly.clock();
    this.status = new SensorStatus(SteadyClock.PROCESS.instant());
    this.scan = new FolderScan(settings.folder(), settings.include(), settings.exclude());
    status.sees(sightings, scan::opened);
    this.identities = new CaptureIdentities(name(), storage.ledger());
  }

  /** The sensor's name. */
  public String name() {
    return assembly.settings().name();
  }

  /** The process is about to end by a fault of its own, or likely to: notes it. */
  public void blame(String why) {
    settings.attempts().blame(why);
  }

  /** How it is; changes as it is read. */
  public SensorStatus status() {
    return status;
  }

  @Override
  public synchronized void tick() throws Exception {
    status.begin(SteadyClock.PROCESS.instant());
    isHeld = true;
    try {
      FolderScan.Found found = look();
      tell(problems(found));
      tellCopies(found.copies());
      if (run != null && settings.isShared() && !run.isCurrent()) {
        drop();
      }
      if (run == null) {
        Optional<SensorCommits.Stored> stored = storage.commits().read(name());
        Optional<SensorCommit> commit = read(stored);
        requireOwner(commit);
        found = lookForAll(commit, found);
        requireFolder(commit, found);
        run = resume(stored, commit, found);
      } else {
        found = identities.resolve(found, run.knownCaptures());
      }
      Optional<String> away = tellFolder(found);
      run.tick(found, sightings, away.isEmpty(), () -> isStopping);
      if (isStopping) {
        run.leave();
      }
      status.ticked(SteadyClock.PROCESS.instant());
    } catch (ScanStoppedException e) {
      leave();
    } catch (IOException e) {
      status.failed(SteadyClock.PROCESS.instant(), e);
      if (e instanceof SensorTakenException || e instanceof InterruptedIOException) {
        drop();
      }
      throw e;
    } catch (RuntimeException | InterruptedException e) {
      status.failed(SteadyClock.PROCESS.instant(), e);
      drop();
      throw e;
    }
  }

  /** The service ends amid a look at the folder. */
  private void leave() throws IOException, InterruptedException {
    if (run != null) {
      run.leave();
    }
    status.ticked(SteadyClock.PROCESS.instant());
  }

  /** What lies in the folder now; two threads never look at once. */
  private FolderScan.Found look() throws ScanStoppedException {
    synchronized (scan) {
      FolderScan.Found found = scan.scan();
      sightings.saw(found);
      lastLookNanos = System.nanoTime();
      return found;
    }
  }

  /**
   * Looks at the folder when no tick has done so for a while, since it waits for Elasticsearch or
   * reads for long: what leaves the folder meanwhile is known by that. For a thread beside the
   * ticks.
   *
   * @param after how long ago the last look may be
   */
  public void watch(Duration after) {
    if (isHeld && System.nanoTime() - lastLookNanos > after.toNanos()) {
      try {
        FolderScan.Found found = look();
        status.folder(FolderPresence.problem(settings.folder(), found, sightings.isAnySeen()));
      } catch (ScanStoppedException e) {
        LOG.debug("sensor={} {}", name(), e.getMessage());
      }
    }
  }

  private Optional<String> tellFolder(FolderScan.Found found) {
    Optional<String> away = FolderPresence.problem(settings.folder(), found, sightings.isAnySeen());
    status.folder(away);
    if (away.isPresent() && !away.equals(toldFolder) && !toldProblems.contains(away.get())) {
      LOG.warn("sensor={} {}", name(), away.get());
    }
    toldFolder = away;
    return away;
  }

  private void requireOwner(Optional<SensorCommit> commit) throws SensorForeignException {
    if (commit.isPresent() && !settings.mayGoOnFrom(commit.get().owner())) {
      throw new SensorForeignException(name(), commit.get().owner(), settings.owner());
    }
  }

  /** A folder that is not mounted yet must not cost the flows that are open. */
  private void requireFolder(Optional<SensorCommit> commit, FolderScan.Found found)
      throws IOException {
    boolean isNeeded = commit.isPresent() && !commit.get().needed().isEmpty();
    Optional<String> away = FolderPresence.problem(settings.folder(), found, isNeeded);
    status.folder(away);
    if (isNeeded && away.isPresent()) {
      throw new IOException(away.get());
    }
  }

  private static List<String> problems(FolderScan.Found found) {
    return found.failures().stream().map(failure -> failure.problem()).sorted().toList();
  }

  /** Each once, until they change. */
  private void tell(List<String> problems) {
    status.unreadable(problems);
    for (String problem : problems) {
      if (!toldProblems.contains(problem)) {
        LOG.warn("sensor={} {}", name(), problem);
      }
    }
    toldProblems = problems;
  }

  /** Each once; nothing is lost with them. */
  private void tellCopies(List<SkippedFile> copies) {
    status.copies(copies.size());
    Set<Path> now = new HashSet<>();
    for (SkippedFile copy : copies) {
      now.add(copy.path());
      if (!toldCopies.contains(copy.path())) {
        LOG.info("sensor={} {} is left out: {}", name(), copy.path(), copy.detail());
      }
    }
    toldCopies = now;
  }

  private static Optional<SensorCommit> read(Optional<SensorCommits.Stored> stored)
      throws IOException {
    return stored.isPresent()
        ? Optional.of(SensorCommit.read(stored.get().source()))
        : Optional.empty();
  }

  /** What has to be read again and is not there may be on its way to another name. */
  private FolderScan.Found lookForAll(Optional<SensorCommit> commit, FolderScan.Found first)
      throws IOException, InterruptedException {
    List<KnownCapture> known =
        commit.map(one -> one.entries().stream().map(KnownCapture::of).toList()).orElse(List.of());
    FolderScan.Found found = identities.resolve(first, known);
    for (int looks = 0; looks < LOOKS && commit.isPresent(); looks++) {
      Set<CaptureId> missing = commit.get().needed();
      found.captures().forEach(file -> missing.remove(file.id()));
      if (missing.isEmpty()) {
        break;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
      found = identities.resolve(look(), known);
    }
    return found;
  }

  private SensorRun resume(
      Optional<SensorCommits.Stored> stored, Optional<SensorCommit> commit, FolderScan.Found found)
      throws IOException, InterruptedException {
    long namesUntil = commit.isPresent() ? commit.get().replayClockNanos() : Long.MAX_VALUE;
    SensorCaptures captures = new SensorCaptures();
    // What was announced may have been sent, into an index that a rollover has closed since.
    ResumingSink lookingUp = new ResumingSink(storage.sink(), storage.lookup());
    DocumentSink sink = evidence.before(commit.isPresent() ? lookingUp : storage.sink(), captures);
    MemoryShare share = assembly.settings().memory();
    SensorPipeline pipeline =
        assembly.writingTo(
            sink,
            captures,
            MergedReader.MAX_OPEN,
            storage.memory().firstAlarms(name(), share.alarms()),
            storage.memory().names(name(), namesUntil, share.names()));
    FollowedCaptures followed =
        new FollowedCaptures(name(), storage.ledger(), status, settings.attempts(), captures);
    SensorRun resumed =
        new SensorRun(
            new SensorRunParts(
                name(),
                settings,
                storage.commits(),
                sink,
                lookingUp::caughtUp,
                status,
                clock,
                captures,
                followed,
                pipeline),
            stored);
    return begin(resumed, commit, found);
  }

  private SensorRun begin(SensorRun resumed, Optional<SensorCommit> commit, FolderScan.Found found)
      throws IOException, InterruptedException {
    try {
      if (commit.isEmpty()) {
        resumed.commit(false); // marks what is made from now on
      } else {
        resumed.resend(commit.get().entries());
        resumed.replay(commit.get(), found, entries(commit.get()));
        status.resumed(commit.get().starts().size());
        LOG.info(
            "sensor={} resumed commit={} of node={} open_flows={}",
            name(),
            commit.get().sequence(),
            commit.get().node(),
            commit.get().starts().size());
      }
      return resumed;
    } catch (IOException | RuntimeException | InterruptedException e) {
      resumed.close();
      throw e;
    }
  }

  private Map<String, CaptureEntry> entries(SensorCommit commit) throws IOException {
    List<CaptureId> ids = commit.captures().stream().map(SensorCommit.Capture::id).toList();
    Map<String, CaptureEntry> entries = new HashMap<>();
    storage.ledger().entries(name(), ids).forEach((id, entry) -> entries.put(id.value(), entry));
    return entries;
  }

  /** A tick did not come about, for a reason outside the sensor. */
  public void couldNotBegin(Exception why) {
    isHeld = true;
    status.failed(SteadyClock.PROCESS.instant(), why);
  }

  /** A tick under way ends at the next step and commits; later ones do the same. */
  public void stop() {
    isStopping = true;
    scan.stop();
  }

  /** True when it was let go of before everything that was read was committed. */
  public synchronized boolean isLeftUncommitted() {
    return isLeftUncommitted;
  }

  /** Another indexer may read the sensor from now on. */
  @Override
  public synchronized void release() {
    isHeld = false;
    drop();
    status.released();
  }

  private void drop() {
    SensorRun dropped = run;
    run = null;
    evidence.letGo();
    if (dropped != null) {
      isLeftUncommitted = dropped.isUncommitted();
      try {
        dropped.close();
      } catch (PipelineException e) {
        LOG.debug("sensor={} did not close cleanly", name(), e);
      }
    }
  }
}
