package dev.forensics.indexer.document;

import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.RecordMark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger's entry of one capture of one sensor: a plain carrier. Times are wall-clock or packet
 * time as said, in nanoseconds since the epoch; {@link #UNKNOWN} when there is none.
 */
public final class CaptureEntry {
  /** A time or an offset that is not known (yet). */
  public static final long UNKNOWN = -1;

  /** Sensor that the capture belongs to. */
  public String sensor;

  /** Kind of the sensor, observer.type. */
  public String observerType = "sensor";

  /** Identity of the capture. */
  public CaptureId id;

  /** Path under which it was last seen. */
  public String path;

  /** Size of the file in bytes, as stored (compressed ones: compressed). */
  public long sizeBytes;

  /** How far it is. */
  public CaptureState state = CaptureState.SEEN;

  /** Bytes of the uncompressed capture of which every document is acknowledged. */
  public long committedOffset;

  /** Packet time of its first packet, or UNKNOWN. */
  public long firstPacketNanos = UNKNOWN;

  /** Latest packet time until the committed offset, or UNKNOWN. */
  public long lastPacketNanos = UNKNOWN;

  /** The last record before the committed offset; null when there is none or it is not known. */
  public RecordMark lastRecord;

  /** Packets until the committed offset. */
  public long packets;

  /** Their bytes on the wire. */
  public long bytes;

  /** Flow documents made while it was read. */
  public long flows;

  /** Alarm documents made while it was read. */
  public long alarms;

  /** Documents made while it was read that Elasticsearch refused. */
  public long deadLetters;

  /** Warnings of the reader, such as a last record cut off. */
  public long warnings;

  /** Damaged places that reading passed over; the error says where the first one is. */
  public long damages;

  /** Packets whose time was not believed. */
  public long astray;

  /** How often its clock was set, back or far forward. */
  public long clockSteps;

  /** The furthest of these steps in nanoseconds, less than 0 when back. */
  public long furthestStepNanos;

  /** What it says of the interfaces it was written at. */
  public CaptureInterfaces interfaces = CaptureInterfaces.NONE;

  /** Packets whose decoding stopped early, by "layer.reason" in lower case. */
  public final Map<String, Long> stops = new TreeMap<>();

  /** Capture in which the earliest flow began that was open at the committed offset; or null. */
  public CaptureId replayCapture;

  /** Position in that capture, in bytes, or UNKNOWN. */
  public long replayOffset = UNKNOWN;

  /**
   * Where the flows began that were open at the committed offset, as {@link
   * dev.forensics.indexer.flow.StartSet#toBytes} writes them with ordinals into {@link
   * #startCaptures}; null when none was open.
   */
  public byte[] starts;

  /** The captures in which those flows began. */
  public List<CaptureId> startCaptures = List.of();

  /** Indexer that read it. */
  public String node;

  /** Wall clock when it was first seen. */
  public long seenNanos = UNKNOWN;

  /** Wall clock when it was done or failed, or UNKNOWN. */
  public long finishedNanos = UNKNOWN;

  /** Wall clock when this entry was written. */
  public long updatedNanos = UNKNOWN;

  /** What went wrong; null when nothing did. */
  public String error;

  /** The entry's _id: a sensor has one entry a capture. */
  public String documentId() {
    return documentId(id, sensor);
  }

  /** The _id of the entry that a sensor has of a capture. */
  public static String documentId(CaptureId id, String sensor) {
    return id.value() + "-" + sensor;
  }
}
