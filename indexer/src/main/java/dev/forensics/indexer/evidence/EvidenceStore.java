package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packets of alarms, one file an alarm, kept past the captures they stood in. A file is there
 * completely or not at all, whatever happens meanwhile, with its SHA-256 beside it. See {@link
 * EvidenceFolder} for the layout.
 *
 * <p>Bounded by age (since it was stored, by the wall clock), by what all files together take on
 * disk, and by their number; the oldest go first. One file may take a tenth of that size, further
 * packets are left out of it.
 *
 * <p>One process writes to a folder; any number may read. Thread-safe.
 */
public final class EvidenceStore {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);
  private static final Duration PRUNE_EVERY = Duration.ofHours(1);
  private static final int SHARE_OF_ONE = 10;

  private final EvidenceFolder folder;
  private final Duration maxAge;
  private final long maxBytes;
  private final long maxAlarms;
  private final DiskUse disk;
  private final InstantSource clock;
  private final LongAdder kept = new LongAdder();
  private final LongAdder replaced = new LongAdder();
  private final LongAdder packets = new LongAdder();
  private final LongAdder missing = new LongAdder();
  private final LongAdder pruned = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile EvidencePruning.Stock stock = new EvidencePruning.Stock(0, 0, Instant.MIN);
  private final EvidenceThreads threads = new EvidenceThreads();
  private Instant prunedAt;
  private volatile String problem;

  /**
   * Opens a folder and clears up what a crash left in it. A folder that cannot be written is a
   * {@link #problem}, not an exception: documents matter more.
   *
   * @param maxAge older files are removed
   * @param maxBytes the oldest files are removed while all together take more on disk
   * @param clock wall clock
   */
  public EvidenceStore(Path folder, Duration maxAge, long maxBytes, InstantSource clock) {
    this(folder, maxAge, maxBytes, Long.MAX_VALUE, clock);
  }

  /**
   * The same with a bound on files.
   *
   * @param maxFiles the oldest are removed while there are more, three an alarm
   */
  public EvidenceStore(
      Path folder, Duration maxAge, long maxBytes, long maxFiles, InstantSource clock) {
    this.folder = new EvidenceFolder(folder);
    this.maxAge = maxAge;
    this.maxBytes = maxBytes;
    maxAlarms = Math.max(1, maxFiles / DiskUse.FILES_AN_ALARM);
    this.clock = clock;
    recover();
    disk = DiskUse.of(folder);
    pruneAtStart();
  }

  private void recover() {
    try {
      EvidenceAccess.createFolders(folder.root());
      int leftovers = EvidencePruning.clear(folder.root());
      if (leftovers > 0) {
        LOG.info("removed {} unfinished files from the evidence folder", leftovers);
      }
    } catch (IOException | UncheckedIOException e) {
      failed(e);
    }
  }

  private void pruneAtStart() {
    try {
      prune();
    } catch (IOException | UncheckedIOException e) {
      failed(e);
    }
  }

  /** Where it is, for reading. */
  public EvidenceFolder folder() {
    return folder;
  }

  /** Begins the file of an alarm; an alarm's files are written one after the other. */
  EvidenceWrite begin(String alarmId, String comment, String missingText) {
    long most = Math.max(1, maxBytes / SHARE_OF_ONE);
    return new EvidenceWrite(folder, alarmId, comment, missingText, most);
  }

  /**
   * How a file ends.
   *
   * @param write the file
   * @param lost packets that could not be had
   * @param isFinal whether the flow has ended
   * @param flowId the flow
   */
  record Ending(EvidenceWrite write, long lost, boolean isFinal, String flowId) {}

  /**
   * Ends files: keeps each unless the one that is there has more packets. They are made durable
   * side by side, which is several times faster than one after the other.
   *
   * @return those that could not be stored
   */
  synchronized Set<EvidenceWrite> keep(List<Ending> endings) {
    Set<EvidenceWrite> failed = new HashSet<>();
    List<Ending> wanted = new ArrayList<>();
    for (Ending ending : endings) {
      missing.add(ending.lost + ending.write.leftOut());
      if (ending.write.failure() != null || isBetter(ending.write)) {
        attempt(ending, failed, () -> complete(ending, wanted));
      } else {
        ending.write.discard();
      }
    }
    threads.forEach(wanted, ending -> ending.write.force());
    Set<Path> folders = new HashSet<>();
    for (Ending ending : wanted) {
      attempt(ending, failed, () -> folders.add(publish(ending).getParent()));
    }
    threads.forEach(folders, EvidenceAccess::force);
    if (failed.isEmpty()) {
      problem = null;
    }
    pruneIfDue();
    return failed;
  }

  /** A step that may fail for one file without the others. */
  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Ending ending, Set<EvidenceWrite> failed, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      ending.write.discard();
      failed.add(ending.write);
      failed(e);
    }
  }

  private boolean isBetter(EvidenceWrite write) {
    Optional<EvidenceFile> before = folder.find(write.alarmId());
    long packetsBefore = before.map(file -> file.label().packets()).orElse(1L);
    return write.packets() >= packetsBefore;
  }

  private void complete(Ending ending, List<Ending> wanted) throws IOException {
    ending.write.complete(ending.lost, ending.isFinal, ending.flowId, clock.instant());
    wanted.add(ending);
  }

  private Path publish(Ending ending) throws IOException {
    Path file = folder.packets(ending.write.alarmId());
    long bytesBefore = Files.exists(file) ? onDisk(file) : -1;
    ending.write.publish();
    packets.add(ending.write.packets());
    (bytesBefore < 0 ? kept : replaced).increment();
    long bytes = onDisk(file) - Math.max(0, bytesBefore);
    stock = stock.plus(bytesBefore < 0 ? 1 : 0, bytes);
    EvidenceLinks.link(folder, ending.flowId, file);
    return file;
  }

  private long onDisk(Path packets) throws IOException {
    return disk.ofAlarm(Files.size(packets), EvidenceFolder.label(packets));
  }

  private void pruneIfDue() {
    Instant now = clock.instant();
    boolean isTime = prunedAt == null || prunedAt.plus(PRUNE_EVERY).isBefore(now);
    if (stock.bytes() > maxBytes || stock.files() > maxAlarms || isTime) {
      try {
        prune();
      } catch (IOException | UncheckedIOException e) {
        failed(e);
      }
    }
  }

  /**
   * Removes what is too old or too much, oldest first. Happens by itself after an hour and when the
   * folder has become too large; a service without alarms may call it now and then.
   */
  public synchronized void prune() throws IOException {
    prunedAt = clock.instant();
    EvidencePruning pruning = new EvidencePruning(folder.root(), disk);
    pruned.add(pruning.prune(prunedAt.minus(maxAge), maxBytes, maxAlarms));
    stock = pruning.left();
  }

  /** Whether more than half of the bytes or files are used that may be. */
  boolean isHalfFull() {
    return stock.bytes() > maxBytes / 2 || stock.files() > maxAlarms / 2;
  }

  /**
   * The earliest time from which on nothing was removed for age or size: the oldest goes first, so
   * what was stored behind the oldest that is there is there, too. While half of the room is free,
   * only age counts, since what came back would push nothing out.
   */
  Instant neverRemovedSince() {
    Instant kept = clock.instant().minus(maxAge);
    Instant oldest = stock.oldest();
    return isHalfFull() && oldest.isAfter(kept) ? oldest : kept;
  }

  /** Counts an alarm whose packets could not be stored. */
  void failed(Exception why) {
    if (why instanceof ClosedByInterruptException || why instanceof InterruptedIOException) {
      LOG.debug("evidence is stored at the next start: the service ends");
      return;
    }
    failures.increment();
    String text = "evidence cannot be stored in " + folder.root() + ": " + describe(why);
    if (problem == null) {
      LOG.error(text);
    } else {
      LOG.debug(text);
    }
    problem = text;
  }

  /** Counts a flow that will not be tried again. */
  void givenUp() {
    failures.increment();
  }

  private static String describe(Exception why) {
    boolean isPlain = why.getMessage() != null && why.getClass() == IOException.class;
    return isPlain ? why.getMessage() : why.toString();
  }

  /** Why evidence is not stored at present; empty when it is. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** What it did and holds; never waits for the disk. */
  public EvidenceCounts counts() {
    EvidencePruning.Stock holds = stock;
    return new EvidenceCounts(
        kept.sum(),
        replaced.sum(),
        packets.sum(),
        missing.sum(),
        pruned.sum(),
        failures.sum(),
        holds.files(),
        holds.bytes());
  }
}
