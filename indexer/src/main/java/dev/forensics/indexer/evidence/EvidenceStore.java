package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packets of alarms, one file an alarm, kept past the captures they stood in. A file is there
 * completely or not at all, whatever happens meanwhile, with its SHA-256 beside it. See {@link
 * EvidenceFolder} for the layout.
 *
 * <p>Bounded by age (since it was stored, by the wall clock) and by the size of all files together;
 * the oldest go first. One file may take a tenth of that size, further packets are left out of it.
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
  private final InstantSource clock;
  private final LongAdder kept = new LongAdder();
  private final LongAdder replaced = new LongAdder();
  private final LongAdder packets = new LongAdder();
  private final LongAdder missing = new LongAdder();
  private final LongAdder pruned = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private EvidencePruning.Stock stock = new EvidencePruning.Stock(0, 0);
  private Instant prunedAt = Instant.MIN;
  private volatile String problem;

  /**
   * Opens a folder and clears up what a crash left in it. A folder that cannot be written is a
   * {@link #problem}, not an exception: documents matter more.
   *
   * @param maxAge older files are removed
   * @param maxBytes the oldest files are removed while all together are larger
   * @param clock wall clock
   */
  public EvidenceStore(Path folder, Duration maxAge, long maxBytes, InstantSource clock) {
    this.folder = new EvidenceFolder(folder);
    this.maxAge = maxAge;
    this.maxBytes = maxBytes;
    this.clock = clock;
    recover();
  }

  private void recover() {
    try {
      EvidenceAccess.createFolders(folder.root());
      int leftovers = EvidencePruning.clear(folder.root());
      if (leftovers > 0) {
        LOG.info("removed {} unfinished files from the evidence folder", leftovers);
      }
      prune();
    } catch (IOException | UncheckedIOException e) {
      failed(e);
    }
  }

  /** Where it is, for reading. */
  public EvidenceFolder folder() {
    return folder;
  }

  /** Begins the file of an alarm. */
  EvidenceWrite begin(String alarmId, String comment, String missingText) {
    long most = Math.max(1, maxBytes / SHARE_OF_ONE);
    return new EvidenceWrite(folder, alarmId, comment, missingText, most);
  }

  /**
   * Ends a file: keeps it unless the one that is there has more packets.
   *
   * @param lost packets that could not be had
   * @return false when it could not be stored
   */
  synchronized boolean keep(EvidenceWrite write, long lost, boolean isFinal, String flowId) {
    Optional<EvidenceFile> before = folder.find(write.alarmId());
    boolean isBetter = before.isEmpty() || write.packets() >= before.get().label().packets();
    try {
      if (write.failure() != null) {
        throw write.failure();
      }
      if (write.packets() > 0 && isBetter) {
        publish(write, lost, isFinal, flowId, before);
      } else {
        write.discard();
      }
      problem = null;
      return true;
    } catch (IOException e) {
      write.discard();
      failed(e);
      return false;
    } finally {
      missing.add(lost + write.leftOut());
    }
  }

  private void publish(
      EvidenceWrite write, long lost, boolean isFinal, String flowId, Optional<EvidenceFile> before)
      throws IOException {
    long bytesBefore = before.isPresent() ? Files.size(before.get().path()) : 0;
    EvidenceFile file = write.finish(lost, isFinal, flowId, clock.instant());
    packets.add(write.packets());
    (before.isPresent() ? replaced : kept).increment();
    stock = stock.plus(before.isPresent() ? 0 : 1, Files.size(file.path()) - bytesBefore);
    EvidenceLinks.link(folder, flowId, file.path());
    pruneIfDue();
  }

  private void pruneIfDue() throws IOException {
    boolean isTime = prunedAt.plus(PRUNE_EVERY).isBefore(clock.instant());
    if (stock.bytes() > maxBytes || isTime) {
      prune();
    }
  }

  /**
   * Removes what is too old or too much, oldest first. Happens by itself after an hour and when the
   * folder has become too large; a service without alarms may call it now and then.
   */
  public synchronized void prune() throws IOException {
    prunedAt = clock.instant();
    EvidencePruning pruning = new EvidencePruning(folder.root());
    pruned.add(pruning.prune(prunedAt.minus(maxAge), maxBytes));
    stock = pruning.left();
  }

  /** Counts an alarm whose packets could not be stored. */
  void failed(Exception why) {
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

  /** What it did and holds. */
  public synchronized EvidenceCounts counts() {
    return new EvidenceCounts(
        kept.sum(),
        replaced.sum(),
        packets.sum(),
        missing.sum(),
        pruned.sum(),
        failures.sum(),
        stock.files(),
        stock.bytes());
  }
}
