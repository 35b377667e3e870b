package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.document.CaptureDocuments;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureReading;
import dev.forensics.indexer.flow.StartSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far a sensor is: every document of what was read before is stored, and with it everything
 * that is open can be built again.
 *
 * @param sensor its name
 * @param owner indexer that wrote it, and the folder that it reads; null when an earlier indexer
 *     wrote it, which did not say it
 * @param sequence counts the sensor's commits
 * @param time wall clock when it was made; documents made later are not covered
 * @param times how the sensor's clock and those of its captures stand
 * @param ending true when all open flows are about to be ended, since nothing new came for long
 * @param captures the captures that {@code steps} and {@code starts} count, in order
 * @param steps what has to be read again
 * @param starts where the open flows began
 * @param announced what is read next, and may have been read in part
 * @param entries entries of the ledger that may not have reached it yet
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record SensorCommit(
    String sensor,
    SensorOwner owner,
    long sequence,
    Instant time,
    SensorTimes times,
    boolean ending,
    List<Capture> captures,
    byte[] steps,
    StartSet starts,
    List<Announcement> announced,
    List<CaptureEntry> entries) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String OBSERVER = "observer";
  private static final String NAME = "name";

  /**
   * A capture with something to be read again.
   *
   * @param id its identity
   * @param path where it lay
   */
  record Capture(CaptureId id, String path) {}

  /** The indexer that wrote it. */
  String node() {
    return owner == null ? "unknown" : owner.host();
  }

  /** The sensor's clock before the first packet that has to be read again. */
  long replayClockNanos() throws IOException {
    List<ReadingSteps.Step> all = StepsForm.read(steps).all();
    return (all.isEmpty() ? times.clock() : all.get(0).clock()).nanos();
  }

  /** The captures of which something has to be read again, or was announced. A set of its own. */
  Set<CaptureId> needed() {
    Set<CaptureId> needed = new HashSet<>();
    captures.forEach(capture -> needed.add(capture.id()));
    announced.forEach(one -> needed.addAll(one.limits().keySet()));
    return needed;
  }

  /** The commit as a document. */
  ObjectNode toJson() throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("@timestamp", time.toString());
    root.putObject(OBSERVER).put(NAME, sensor);
    root.putObject("host").put(NAME, node());
    ObjectNode commit = root.putObject("forensics").putObject("commit");
    if (owner != null) {
      owner.write(commit);
    }
    commit.put("sequence", sequence);
    times.write(commit);
    commit.put("ending", ending);
    commit.put("open_flows", starts.size());
    ArrayNode list = commit.putArray("captures");
    for (Capture capture : captures) {
      list.addObject().put("id", capture.id.value()).put("path", capture.path);
    }
    commit.put("steps", Base64.getEncoder().encodeToString(steps));
    commit.put("starts", Base64.getEncoder().encodeToString(starts.toBytes()));
    Announcements.write(announced, commit);
    CaptureDocuments documents = new CaptureDocuments();
    ArrayNode ledger = commit.putArray("entries");
    for (CaptureEntry entry : entries) {
      ledger.add(MAPPER.readTree(documents.write(entry).json()));
    }
    return root;
  }

  /**
   * Reads a document back.
   *
   * @throws IOException when it is no commit
   */
  static SensorCommit read(JsonNode root) throws IOException {
    JsonNode commit = root.path("forensics").path("commit");
    if (!commit.path("sequence").isNumber()) {
      throw new IOException("not a sensor's commit: " + root);
    }
    List<Capture> captures = new ArrayList<>();
    for (JsonNode one : commit.path("captures")) {
      captures.add(new Capture(new CaptureId(one.path("id").asText()), one.path("path").asText()));
    }
    List<CaptureEntry> entries = new ArrayList<>();
    for (JsonNode one : commit.path("entries")) {
      entries.add(CaptureReading.read(MAPPER.writeValueAsBytes(one)));
    }
    return new SensorCommit(
        root.path(OBSERVER).path(NAME).asText(),
        SensorOwner.read(commit),
        commit.path("sequence").asLong(),
        Instant.parse(root.path("@timestamp").asText()),
        SensorTimes.read(commit),
        commit.path("ending").asBoolean(),
        captures,
        commit.path("steps").binaryValue(),
        StartSet.fromBytes(commit.path("starts").binaryValue()),
        Announcements.read(commit),
        entries);
  }
}
