package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.Compression;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureState;
import dev.forensics.indexer.pipeline.CaptureProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;

/** What is known of one capture while its sensor is followed. */
final class FollowedCapture {
  private static final int CLOSED = -1;

  final CaptureProgress progress;
  private final long seenNanos;
  private int number = CLOSED;
  private CaptureState state = CaptureState.SEEN;
  private long finishedNanos = CaptureEntry.UNKNOWN;
  private long finishedBytes;
  private Mark written;
  private String toldProblem;
  private boolean isSetAside;

  /** How far its reading was announced last; nothing before the first time. */
  private long announcedLimit = CLOSED;

  /** Length of its file then. */
  private long announcedBytes = CLOSED;

  /** The greatest length that its file was seen to have. */
  private long seenBytes;

  /** The hole that it stands before, if any. */
  final HoleWait hole = new HoleWait();

  /** It lies in the folder. */
  boolean isPresent = true;

  /** All of it was read when it was last looked at. */
  boolean wasAtEnd;

  /** Where the next step of reading begins, in bytes of the uncompressed capture. */
  long stepFrom;

  /** What is known of its times there; null before it is opened. */
  CaptureClock stepClock;

  /** What was known of its times when reading of it ended; null before. */
  private CaptureClock leftClock;

  /** What the latest entry of the ledger said, as far as it may change. */
  private record Mark(
      CaptureState state,
      String path,
      long position,
      long flows,
      long alarms,
      long deadLetters,
      CaptureInterfaces interfaces) {}

  private FollowedCapture(CaptureProgress progress, long seenNanos) {
    this.progress = progress;
    this.seenNanos = seenNanos;
    seenBytes = progress.capture().sizeBytes();
  }

  /** A capture that nothing is known of. */
  static FollowedCapture found(CaptureProgress progress, Instant now) {
    return new FollowedCapture(progress, nanos(now));
  }

  /** A capture that the ledger has an entry of. */
  static FollowedCapture resumed(CaptureProgress progress, CaptureEntry entry) {
    FollowedCapture capture = new FollowedCapture(progress, entry.seenNanos);
    capture.state = entry.state;
    capture.finishedNanos = entry.finishedNanos;
    capture.finishedBytes = entry.sizeBytes;
    capture.confirm(entry);
    return capture;
  }

  /** Number under which it is read; only while it is followed. */
  int number() {
    return number;
  }

  /** True while it is open, or waits to be opened. */
  boolean isFollowed() {
    return number != CLOSED;
  }

  /** True when nobody reads it and there is more of it, as far as is known. */
  boolean wantsReading() {
    return !isSetAside
        && !isFollowed()
        && (goesOn() || progress.capture().sizeBytes() > finishedBytes);
  }

  /** True unless it was read to its end or broke. */
  boolean goesOn() {
    return state == CaptureState.SEEN || state == CaptureState.READING;
  }

  /** It was seen to be so long, maybe while nothing was read. */
  void seen(long bytes) {
    seenBytes = Math.max(seenBytes, bytes);
  }

  /** It lies elsewhere now, or is longer, or shorter. */
  void moved(CaptureFile file) {
    boolean isOtherForm = file.compression() != progress.capture().compression();
    seenBytes = isOtherForm ? file.sizeBytes() : Math.max(seenBytes, file.sizeBytes());
    progress.moved(file);
    isPresent = true;
  }

  /**
   * True when nobody can read on in it, though there was more of it: it was overwritten, or gone
   * before it was opened.
   */
  boolean isLost() {
    return !isSetAside && !isPresent && !isFollowed() && (goesOn() || seenBytes > finishedBytes);
  }

  /**
   * True when the end of what is open lies before what was seen of it: another capture took its
   * place. A file that was deleted is read to its end, since it is open.
   */
  boolean isCutShort() {
    CaptureFile file = progress.capture();
    return !isPresent
        && file.compression() == Compression.NONE
        && seenBytes > progress.position() + progress.trailingBytes()
        && Files.exists(file.path());
  }

  /** It is not read on, for now: whoever starts again without the notes goes on where it stands. */
  void setAside(String problem, Instant now) {
    progress.failed(problem);
    finish(CaptureState.FAILED, now);
    finishedBytes = progress.position();
    isSetAside = true;
  }

  /** Reading of it ended before its end. */
  void lose(Instant now) {
    finish(CaptureState.FAILED, now);
    finishedBytes = Math.max(finishedBytes, seenBytes);
  }

  boolean isSetAside() {
    return isSetAside;
  }

  void follow(int asNumber, long position) {
    toldProblem = progress.failure();
    progress.failed(null);
    number = asNumber;
    wasAtEnd = false;
    stepFrom = position;
    stepClock = null;
    announcedLimit = CLOSED;
    announcedBytes = CLOSED;
    finishedNanos = CaptureEntry.UNKNOWN;
    state = position == 0 ? CaptureState.SEEN : CaptureState.READING;
  }

  /**
   * Reading of it ends, for now at least.
   *
   * @param clock what is known of its times there; null when nothing is
   */
  void leave(CaptureClock clock) {
    leftClock = clock == null ? leftClock : clock;
  }

  /** What is known of its times where reading of it goes on; null when nothing is. */
  CaptureClock clock() {
    if (progress.position() == 0 || leftClock != null) {
      return progress.position() == 0 ? null : leftClock;
    }
    long latest = progress.lastPacketNanos();
    return latest == Long.MIN_VALUE ? null : CaptureClock.at(latest);
  }

  /** True when its file is not as it was when reading of it was announced last. */
  boolean hasGrown() {
    return limit() != announcedLimit || progress.capture().sizeBytes() != announcedBytes;
  }

  /**
   * True when something of it may be there to be read: also behind the last record, where a writer
   * may have laid out space beforehand.
   */
  boolean hasNews() {
    boolean isPlain = announcedLimit != Long.MAX_VALUE;
    return hasGrown() || (isPlain && progress.position() < announcedLimit);
  }

  /**
   * How far it can be read as its file was when the folder was looked at: to its present length.
   * What is compressed, has shrunk or lost its name is read to whatever end there is.
   */
  long limit() {
    CaptureFile file = progress.capture();
    boolean isPlain = file.compression() == Compression.NONE;
    boolean isGrowing = isPresent && file.sizeBytes() >= progress.position();
    return isPlain && isGrowing ? file.sizeBytes() : Long.MAX_VALUE;
  }

  /**
   * Makes sure that it was not moved or compressed since it was found.
   *
   * @throws IOException when it was: everything has to be looked for again
   */
  void requireWhereItWas() throws IOException {
    CaptureFile file = progress.capture();
    if (!file.isWhereItWas()) {
      throw new IOException(file.path() + ": was moved while it was read again");
    }
  }

  /** True when nobody has written to its file for longer than this. */
  boolean isLeftAlone(Duration time, Instant now) {
    try {
      Instant written = Files.getLastModifiedTime(progress.capture().path()).toInstant();
      return Duration.between(written, now).compareTo(time) > 0;
    } catch (IOException e) {
      return true; // gone meanwhile: nobody writes to it under this name
    }
  }

  /** It is read up to a limit now. */
  void announced(long limit) {
    announcedLimit = limit;
    announcedBytes = Math.min(limit, progress.capture().sizeBytes());
  }

  /** Something of it was read. */
  void reached(long position, long trailingBytes) {
    progress.reached(position, trailingBytes);
    if (position > 0) {
      state = CaptureState.READING;
    }
  }

  /** It cannot be read where it was thought to lie; it may be found elsewhere. */
  void lookElsewhere() {
    number = CLOSED;
    progress.failed(null);
  }

  /** Notes what broke it. */
  void failed(String problem) {
    progress.failed(problem);
  }

  /** False when the same was told before. */
  boolean isNewProblem() {
    return !progress.failure().equals(toldProblem);
  }

  void finish(CaptureState as, Instant now) {
    number = CLOSED;
    state = as;
    finishedNanos = nanos(now);
    boolean isPlain = progress.capture().compression() == Compression.NONE;
    long read = isPlain ? progress.position() + progress.trailingBytes() : 0;
    finishedBytes = Math.max(announcedBytes, read);
  }

  /** True when its entry of the ledger is out of date. */
  boolean hasChanged() {
    return !mark().equals(written);
  }

  /** What was not committed yet is not in the ledger: it would look new when it comes back. */
  boolean isForTheLedgerAlone() {
    return !isPresent && !isFollowed() && !hasChanged();
  }

  /** Bytes that were not read yet, at least 1; of a compressed capture all of its file. */
  long bytesBehind() {
    CaptureFile file = progress.capture();
    long read = file.compression() == Compression.NONE ? progress.position() : 0;
    return Math.max(1, file.sizeBytes() - read);
  }

  /** The ledger knows everything of it. */
  void confirm(CaptureEntry entry) {
    written =
        new Mark(
            entry.state,
            entry.path,
            entry.committedOffset,
            entry.flows,
            entry.alarms,
            entry.deadLetters,
            entry.interfaces);
  }

  private Mark mark() {
    return new Mark(
        state,
        progress.capture().path().toString(),
        progress.position(),
        progress.flows(),
        progress.alarms(),
        progress.deadLetters(),
        progress.interfaces());
  }

  /** Its entry, replay left out. */
  CaptureEntry entry(String sensor, String node, Instant now) {
    CaptureEntry entry = progress.entry(sensor);
    entry.state = state;
    entry.node = node;
    entry.sizeBytes = isSetAside ? finishedBytes : entry.sizeBytes;
    entry.lastRecord = progress.lastRecord();
    entry.seenNanos = seenNanos;
    entry.finishedNanos = finishedNanos;
    entry.updatedNanos = nanos(now);
    return entry;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
