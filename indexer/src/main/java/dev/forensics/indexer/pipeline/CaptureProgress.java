package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.CaptureDamage;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.Dating;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.RecordMark;
import dev.forensics.indexer.decode.Layer;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.document.CaptureEntry;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far one capture was read and what was found in it. Counts of packets are written by the
 * reading thread, those of documents by the workers.
 */
public final class CaptureProgress {
  private static final int REASONS = StopReason.values().length;

  private final CaptureEntry before;
  private volatile CaptureFile capture;
  private final CaptureSections sections = new CaptureSections();
  private final LongAdder flows = new LongAdder();
  private final LongAdder alarms = new LongAdder();
  private long[] stops;
  private long packets;
  private long decoded;
  private long bytes;
  private long firstPacketNanos = Long.MAX_VALUE;
  private long lastPacketNanos = Long.MIN_VALUE;
  private long astray;
  private long clockSteps;
  private long furthestStepNanos;
  private long deadLetters;
  private RecordMark lastBefore;
  private long lastPosition;
  private long lastSection;
  private long lastNanos;
  private int lastCapturedLength;
  private int lastOriginalLength;
  private boolean hasRead;
  private long position;
  private long trailingBytes;
  private String failure;
  private long damages;
  private String damage;
  private String oddity;
  private CaptureInterfaces interfaces = CaptureInterfaces.NONE;

  CaptureProgress(CaptureFile capture) {
    this(capture, new CaptureEntry());
  }

  private CaptureProgress(CaptureFile capture, CaptureEntry before) {
    this.capture = capture;
    this.before = before;
  }

  /** Goes on where an entry of the ledger says. */
  public static CaptureProgress resumed(CaptureFile capture, CaptureEntry entry) {
    CaptureProgress progress = new CaptureProgress(capture, entry);
    progress.packets = entry.packets;
    progress.bytes = entry.bytes;
    progress.position = entry.committedOffset;
    progress.lastBefore = entry.lastRecord;
    progress.deadLetters = entry.deadLetters;
    progress.damages = entry.damages;
    progress.damage = entry.damages == 0 ? null : entry.error;
    progress.astray = entry.astray;
    progress.clockSteps = entry.clockSteps;
    progress.furthestStepNanos = entry.furthestStepNanos;
    progress.interfaces = entry.interfaces;
    progress.flows.add(entry.flows);
    progress.alarms.add(entry.alarms);
    if (entry.firstPacketNanos != CaptureEntry.UNKNOWN) {
      progress.firstPacketNanos = entry.firstPacketNanos;
      progress.lastPacketNanos = entry.lastPacketNanos;
    }
    entry.stops.forEach(progress::stoppedBefore);
    progress.decoded = entry.packets - entry.stops.values().stream().mapToLong(n -> n).sum();
    return progress;
  }

  private void stoppedBefore(String stop, long packets) {
    String[] parts = stop.toUpperCase(Locale.ROOT).split("\\.", 2);
    count(Layer.valueOf(parts[0]), StopReason.valueOf(parts[1]), packets);
  }

  /** The same capture lies elsewhere now, or is longer. */
  public void moved(CaptureFile now) {
    capture = now;
  }

  /** Where its sections begin, as far as it was read by this run. */
  CaptureSections sections() {
    return sections;
  }

  /** What was known of it when this run met it: what was counted by others. Not to be changed. */
  public CaptureEntry before() {
    return before;
  }

  /** The file that is read. */
  public CaptureFile capture() {
    return capture;
  }

  /** Records read. */
  public long packets() {
    return packets;
  }

  /** Packets handed to the flow table; the others stopped. */
  public long decoded() {
    return decoded;
  }

  /** Bytes of the packets on the wire. */
  public long bytes() {
    return bytes;
  }

  /** Earliest packet time that is not astray; Long.MAX_VALUE before the first packet. */
  public long firstPacketNanos() {
    return firstPacketNanos;
  }

  /** Latest packet time that is not astray; Long.MIN_VALUE before the first packet. */
  public long lastPacketNanos() {
    return lastPacketNanos;
  }

  /** Offset behind the last record read, in bytes of the uncompressed capture. */
  public long position() {
    return position;
  }

  /** Bytes of an incomplete record at the end; 0 when the capture ended cleanly. */
  public long trailingBytes() {
    return trailingBytes;
  }

  /** Flow documents of flows whose last packet stands here. */
  public long flows() {
    return flows.sum();
  }

  /** Alarm documents raised by packets of this capture. */
  public long alarms() {
    return alarms.sum();
  }

  /** What broke the capture, with path and offset; null when nothing did. */
  public String failure() {
    return failure;
  }

  /**
   * Packets that stopped, by layer and reason such as "ipv4.truncated"; only those that occurred.
   */
  public SortedMap<String, Long> stops() {
    SortedMap<String, Long> found = new TreeMap<>();
    if (stops == null) {
      return found;
    }
    for (Layer layer : Layer.values()) {
      for (StopReason reason : StopReason.values()) {
        long count = stops[index(layer, reason)];
        if (count > 0) {
          found.put((layer + "." + reason).toLowerCase(Locale.ROOT), count);
        }
      }
    }
    return found;
  }

  /** The ledger's entry of it, state and wall-clock times left out. */
  public CaptureEntry entry(String sensor) {
    CaptureEntry entry = new CaptureEntry();
    entry.sensor = sensor;
    entry.id = capture.id();
    entry.path = capture.path().toString();
    entry.sizeBytes = capture.sizeBytes();
    entry.committedOffset = position;
    entry.firstPacketNanos =
        firstPacketNanos == Long.MAX_VALUE ? CaptureEntry.UNKNOWN : firstPacketNanos;
    entry.lastPacketNanos =
        lastPacketNanos == Long.MIN_VALUE ? CaptureEntry.UNKNOWN : lastPacketNanos;
    entry.packets = packets;
    entry.bytes = bytes;
    entry.astray = astray;
    entry.clockSteps = clockSteps;
    entry.furthestStepNanos = furthestStepNanos;
    entry.flows = flows();
    entry.alarms = alarms();
    entry.deadLetters = deadLetters;
    entry.warnings =
        (trailingBytes > 0 ? 1L : 0L)
            + (oddity == null ? 0L : 1L)
            + (interfaces.dropped() > 0 ? 1L : 0L);
    entry.interfaces = interfaces;
    entry.stops.putAll(stops());
    entry.damages = damages;
    entry.error = failure == null ? damage : failure;
    return entry;
  }

  /** The last record in the file that was read; null when none was, or it is not known. */
  public RecordMark lastRecord() {
    return hasRead
        ? new RecordMark(
            packets, lastPosition, lastSection, lastNanos, lastCapturedLength, lastOriginalLength)
        : lastBefore;
  }

  /** True once a record of it was taken by this run. */
  boolean isBegun() {
    return hasRead;
  }

  void read(PacketRecord record) {
    if (!hasRead || record.position > lastPosition) {
      hasRead = true;
      lastPosition = record.position;
      lastSection = record.section;
      lastNanos = record.timestampNanos;
      lastCapturedLength = record.capturedLength;
      lastOriginalLength = record.originalLength;
    }
    packets++;
    bytes += record.originalLength;
    if (record.dating == Dating.ASTRAY) {
      astray++;
      return;
    }
    firstPacketNanos = Math.min(firstPacketNanos, record.timestampNanos);
    lastPacketNanos = Math.max(lastPacketNanos, record.timestampNanos);
    if (record.stepNanos != 0) {
      stepped(record.stepNanos);
    }
  }

  private void stepped(long nanos) {
    clockSteps++;
    furthestStepNanos = Math.abs(nanos) > Math.abs(furthestStepNanos) ? nanos : furthestStepNanos;
  }

  /** Packets whose time was not believed. */
  public long astray() {
    return astray;
  }

  /** How often its clock was set, back or far forward. */
  public long clockSteps() {
    return clockSteps;
  }

  void decodedOne() {
    decoded++;
  }

  void stopped(Layer layer, StopReason reason) {
    count(layer, reason, 1);
  }

  private void count(Layer layer, StopReason reason, long packets) {
    if (stops == null) {
      stops = new long[Layer.values().length * REASONS];
    }
    stops[index(layer, reason)] += packets;
  }

  void flowWritten() {
    flows.increment();
  }

  void alarmWritten() {
    alarms.increment();
  }

  /** Documents that were refused while it was read. */
  public long deadLetters() {
    return deadLetters;
  }

  /** More documents were refused while it was read. */
  public void deadLettered(long documents) {
    deadLetters += documents;
  }

  /** How far the reader is, in bytes of the uncompressed capture. */
  public void reached(long newPosition, long newTrailingBytes) {
    position = newPosition;
    trailingBytes = newTrailingBytes;
  }

  /** Damaged places that reading passed over. */
  public long damages() {
    return damages;
  }

  /** The first of them, in words; null when there is none. */
  public String damage() {
    return damage;
  }

  /**
   * Reading passed over a damaged place.
   *
   * @return false when it was noted before, as happens when a part is read again
   */
  public boolean damaged(CaptureDamage place) {
    if (place.from() < position) {
      return false;
    }
    damages++;
    damage = damage == null ? place.problem() : damage;
    return true;
  }

  /** What it says of the interfaces it was written at, as far as it was read. */
  public CaptureInterfaces interfaces() {
    return interfaces;
  }

  /**
   * It says something of the interfaces it was written at.
   *
   * @return true when it tells of packets dropped for the first time
   */
  public boolean interfaces(CaptureInterfaces now) {
    boolean isNew = interfaces.dropped() == 0 && now.dropped() > 0;
    interfaces = now.equals(CaptureInterfaces.NONE) ? interfaces : now;
    return isNew;
  }

  /** What the file says wrongly of itself; null when nothing. */
  public String oddity() {
    return oddity;
  }

  /**
   * The file says something of itself that is not so.
   *
   * @return false when it was noted before
   */
  public boolean odd(String words) {
    boolean isNew = oddity == null;
    oddity = words;
    return isNew;
  }

  /** What broke it. */
  public void failed(String problem) {
    failure = problem;
  }

  /** The numbers stay within this class, so a reordered enum changes nothing. */
  @SuppressWarnings("EnumOrdinal")
  private static int index(Layer layer, StopReason reason) {
    return layer.ordinal() * REASONS + reason.ordinal();
  }
}
