package dev.forensics.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.CaptureInterfaces;
import dev.forensics.indexer.capture.RecordMark;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the ledger's documents back, as {@link CaptureDocuments} writes them. Thread-safe. */
public final class CaptureReading {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private CaptureReading() {}

  /**
   * Reads an entry.
   *
   * @param json the document's _source
   * @throws IOException when it is not a capture document
   */
  public static CaptureEntry read(byte[] json) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    JsonNode capture = root.path("forensics").path("capture");
    if (!capture.path("id").isTextual() || !capture.path("state").isTextual()) {
      throw new IOException("not a capture document: forensics.capture.id or .state is missing");
    }
    CaptureEntry entry = new CaptureEntry();
    readProgress(capture, entry);
    readCounts(capture, entry);
    readCircumstances(root, entry);
    return entry;
  }

  private static void readProgress(JsonNode capture, CaptureEntry entry) throws IOException {
    entry.id = new CaptureId(capture.path("id").asText());
    entry.path = text(capture, "path");
    entry.state = CaptureState.valueOf(capture.path("state").asText().toUpperCase(Locale.ROOT));
    entry.sizeBytes = capture.path("size").asLong();
    entry.committedOffset = capture.path("committed_offset").asLong();
    String last = text(capture, "last_record");
    entry.lastRecord = last == null ? null : RecordMark.parse(last);
    String replay = text(capture.path("replay"), "id");
    entry.replayCapture = replay == null ? null : new CaptureId(replay);
    entry.replayOffset = capture.path("replay").path("offset").asLong(CaptureEntry.UNKNOWN);
    JsonNode starts = capture.path("replay").path("starts");
    entry.starts = starts.isTextual() ? starts.binaryValue() : null;
    entry.startCaptures = captures(capture.path("replay").path("captures"));
    entry.finishedNanos = time(capture, "finished");
  }

  private static CaptureInterfaces interfaces(JsonNode told) {
    List<String> names = new ArrayList<>();
    told.path("names").forEach(name -> names.add(name.asText()));
    return new CaptureInterfaces(
        List.copyOf(names),
        told.path("received").asLong(-1),
        told.path("dropped_by_interface").asLong(-1),
        told.path("dropped_by_system").asLong(-1),
        told.path("delivered").asLong(-1),
        told.path("misplaced_statistics").asLong());
  }

  private static void readCounts(JsonNode capture, CaptureEntry entry) {
    entry.packets = capture.path("packets").asLong();
    entry.bytes = capture.path("bytes").asLong();
    entry.flows = capture.path("flows").asLong();
    entry.alarms = capture.path("alarms").asLong();
    entry.deadLetters = capture.path("dead_letters").asLong();
    entry.warnings = capture.path("warnings").asLong();
    entry.damages = capture.path("damages").asLong();
    entry.astray = capture.path("clock").path("astray").asLong();
    entry.clockSteps = capture.path("clock").path("steps").asLong();
    entry.furthestStepNanos = capture.path("clock").path("furthest_step").asLong();
    entry.interfaces = interfaces(capture.path("interfaces"));
    for (var stop : capture.path("stops_by_layer").properties()) {
      entry.stops.put(stop.getKey(), stop.getValue().asLong());
    }
  }

  private static void readCircumstances(JsonNode root, CaptureEntry entry) {
    entry.sensor = text(root.path("observer"), "name");
    entry.observerType = text(root.path("observer"), "type");
    entry.node = text(root.path("host"), "name");
    entry.error = text(root.path("error"), "message");
    entry.updatedNanos = time(root, "@timestamp");
    entry.firstPacketNanos = time(root.path("event"), "start");
    entry.lastPacketNanos = time(root.path("event"), "end");
    entry.seenNanos = time(root.path("event"), "created");
  }

  private static List<CaptureId> captures(JsonNode list) {
    List<CaptureId> ids = new ArrayList<>();
    list.forEach(id -> ids.add(new CaptureId(id.asText())));
    return List.copyOf(ids);
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).isTextual() ? object.path(name).asText() : null;
  }

  private static long time(JsonNode object, String name) {
    if (!object.path(name).isTextual()) {
      return CaptureEntry.UNKNOWN;
    }
    Instant instant = Instant.parse(object.path(name).asText());
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
