package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.document.json.EnumText;
import dev.forensics.indexer.document.json.JsonWriter;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the ledger's documents, one a capture and sensor. Not thread-safe. */
public final class CaptureDocuments {
  private static final SerializableString STATE_KIND = JsonWriter.name("state");
  private static final SerializableString DATASET = JsonWriter.name("forensics.capture");
  private static final List<SerializableString> CATEGORY = List.of(JsonWriter.name("file"));
  private static final List<SerializableString> TYPE = List.of(JsonWriter.name("info"));
  private static final SerializableString STATE = JsonWriter.name("state");
  private static final SerializableString SIZE = JsonWriter.name("size");
  private static final SerializableString COMMITTED_OFFSET = JsonWriter.name("committed_offset");
  private static final SerializableString LAST_RECORD = JsonWriter.name("last_record");
  private static final SerializableString REPLAY = JsonWriter.name("replay");
  private static final SerializableString OFFSET = JsonWriter.name("offset");
  private static final SerializableString STARTS = JsonWriter.name("starts");
  private static final SerializableString CAPTURES = JsonWriter.name("captures");
  private static final SerializableString FINISHED = JsonWriter.name("finished");
  private static final SerializableString PACKETS = JsonWriter.name("packets");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString FLOWS = JsonWriter.name("flows");
  private static final SerializableString ALARMS = JsonWriter.name("alarms");
  private static final SerializableString DEAD_LETTERS = JsonWriter.name("dead_letters");
  private static final SerializableString WARNINGS = JsonWriter.name("warnings");
  private static final SerializableString DAMAGES = JsonWriter.name("damages");
  private static final SerializableString CLOCK = JsonWriter.name("clock");
  private static final SerializableString ASTRAY = JsonWriter.name("astray");
  private static final SerializableString STEPS = JsonWriter.name("steps");
  private static final SerializableString FURTHEST_STEP = JsonWriter.name("furthest_step");
  private static final SerializableString INTERFACES = JsonWriter.name("interfaces");
  private static final SerializableString NAMES = JsonWriter.name("names");
  private static final SerializableString RECEIVED = JsonWriter.name("received");
  private static final SerializableString DROPPED_BY_INTERFACE =
      JsonWriter.name("dropped_by_interface");
  private static final SerializableString DROPPED_BY_SYSTEM = JsonWriter.name("dropped_by_system");
  private static final SerializableString DELIVERED = JsonWriter.name("delivered");
  private static final SerializableString MISPLACED = JsonWriter.name("misplaced_statistics");
  private static final SerializableString STOPS = JsonWriter.name("stops");
  private static final SerializableString STOPS_BY_LAYER = JsonWriter.name("stops_by_layer");
  private static final SerializableString HOST = JsonWriter.name("host");
  private static final SerializableString ERROR = JsonWriter.name("error");
  private static final SerializableString MESSAGE = JsonWriter.name("message");
  private static final EnumText<CaptureState> STATES = EnumText.lowerCase(CaptureState.class);
  private static final EnumText<StopReason> REASONS = EnumText.lowerCase(StopReason.class);

  private final JsonWriter json;

  /** A writer. */
  public CaptureDocuments() {
    this(new JsonWriter());
  }

  CaptureDocuments(JsonWriter json) {
    this.json = json;
  }

  /** Writes an entry; {@link CaptureEntry#updatedNanos} becomes the document's time. */
  public EcsDocument write(CaptureEntry entry) {
    json.begin();
    json.time(EventSection.TIMESTAMP, entry.updatedNanos);
    EventSection.writeEcs(json);
    writeEvent(entry);
    ProvenanceSection.writeObserver(entry.sensor, entry.observerType, json);
    ProvenanceSection.writeLog(entry.path, json);
    writeName(HOST, ProvenanceSection.NAME, entry.node);
    writeName(ERROR, MESSAGE, entry.error);
    json.open(EventSection.FORENSICS);
    json.open(ProvenanceSection.CAPTURE);
    writeProgress(entry);
    writeCounts(entry);
    writeClock(entry);
    writeInterfaces(entry.interfaces);
    writeStops(entry.stops);
    json.close();
    json.close();
    return new EcsDocument(DocumentKind.CAPTURE, entry.documentId(), json.end());
  }

  private void writeEvent(CaptureEntry entry) {
    json.open(EventSection.EVENT);
    json.constant(EventSection.KIND, STATE_KIND);
    json.constants(EventSection.CATEGORY, CATEGORY);
    json.constants(EventSection.TYPE, TYPE);
    json.constant(EventSection.DATASET, DATASET);
    json.constant(EventSection.MODULE, EventSection.FORENSICS);
    writeTime(EventSection.START, entry.firstPacketNanos);
    writeTime(EventSection.END, entry.lastPacketNanos);
    writeTime(EventSection.CREATED, entry.seenNanos);
    writeTime(EventSection.INGESTED, entry.updatedNanos);
    json.close();
  }

  private void writeProgress(CaptureEntry entry) {
    json.text(ProvenanceSection.ID, entry.id.value());
    json.exact(ProvenanceSection.PATH, entry.path);
    json.constant(STATE, STATES.of(entry.state));
    json.number(SIZE, entry.sizeBytes);
    json.number(COMMITTED_OFFSET, entry.committedOffset);
    if (entry.lastRecord != null) {
      json.exact(LAST_RECORD, entry.lastRecord.text());
    }
    if (entry.replayCapture != null) {
      json.open(REPLAY);
      json.text(ProvenanceSection.ID, entry.replayCapture.value());
      json.number(OFFSET, entry.replayOffset);
      writeStarts(entry);
      json.close();
    }
    writeTime(FINISHED, entry.finishedNanos);
  }

  private void writeStarts(CaptureEntry entry) {
    if (entry.starts != null) {
      json.exact(STARTS, Base64.getEncoder().encodeToString(entry.starts));
      json.texts(CAPTURES, entry.startCaptures.stream().map(CaptureId::value).toList());
    }
  }

  private void writeCounts(CaptureEntry entry) {
    json.number(PACKETS, entry.packets);
    json.number(BYTES, entry.bytes);
    json.number(FLOWS, entry.flows);
    json.number(ALARMS, entry.alarms);
    json.number(DEAD_LETTERS, entry.deadLetters);
    json.number(WARNINGS, entry.warnings);
    if (entry.damages > 0) {
      json.number(DAMAGES, entry.damages);
    }
  }

  private void writeClock(CaptureEntry entry) {
    if (entry.astray + entry.clockSteps > 0) {
      json.open(CLOCK);
      json.number(ASTRAY, entry.astray);
      json.number(STEPS, entry.clockSteps);
      json.number(FURTHEST_STEP, entry.furthestStepNanos);
      json.close();
    }
  }

  private void writeInterfaces(CaptureInterfaces interfaces) {
    if (interfaces.equals(CaptureInterfaces.NONE)) {
      return;
    }
    json.open(INTERFACES);
    if (!interfaces.names().isEmpty()) {
      json.texts(NAMES, interfaces.names());
    }
    writeCount(RECEIVED, interfaces.received());
    writeCount(DROPPED_BY_INTERFACE, interfaces.droppedByInterface());
    writeCount(DROPPED_BY_SYSTEM, interfaces.droppedBySystem());
    writeCount(DELIVERED, interfaces.delivered());
    if (interfaces.misplaced() > 0) {
      json.number(MISPLACED, interfaces.misplaced());
    }
    json.close();
  }

  private void writeCount(SerializableString name, long count) {
    if (count >= 0) {
      json.number(name, count);
    }
  }

  private void writeStops(Map<String, Long> stops) {
    if (stops.isEmpty()) {
      return;
    }
    Map<StopReason, Long> byReason = new EnumMap<>(StopReason.class);
    json.open(STOPS_BY_LAYER);
    for (Map.Entry<String, Long> stop : stops.entrySet()) {
      String reason = stop.getKey().substring(stop.getKey().lastIndexOf('.') + 1);
      StopReason known = StopReason.valueOf(reason.toUpperCase(Locale.ROOT));
      byReason.merge(known, stop.getValue(), Long::sum);
      json.number(JsonWriter.name(stop.getKey()), stop.getValue());
    }
    json.close();
    json.open(STOPS);
    byReason.forEach((reason, packets) -> json.number(REASONS.of(reason), packets));
    json.close();
  }

  private void writeName(SerializableString object, SerializableString name, String value) {
    if (value != null) {
      json.open(object);
      json.text(name, value);
      json.close();
    }
  }

  private void writeTime(SerializableString name, long nanos) {
    if (nanos != CaptureEntry.UNKNOWN) {
      json.time(name, nanos);
    }
  }
}
