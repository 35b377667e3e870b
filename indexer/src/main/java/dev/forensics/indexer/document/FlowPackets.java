package dev.forensics.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.flow.PacketPointers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the packets of a flow or alarm document stand, read back from the document.
 *
 * @param documentId event.id
 * @param sensor observer.name: whose captures they are; empty when the document does not say it
 * @param flowId forensics.flow.id: the whole flow's, to find its other segments
 * @param rule rule.id of an alarm; null for a flow
 * @param reason event.reason of an alarm; null for a flow
 * @param isSuppressed whether the user asked not to be told of this alarm
 * @param verdicts ids of the rules that raised an alarm about a flow; empty for an alarm
 * @param segment number of the flow's segment, from 1
 * @param isFinal whether this is the last segment of an ended flow; false for an alarm that was
 *     raised while its flow was open
 * @param transport IP protocol number
 * @param sourceAddress as text
 * @param sourcePort 0 for protocols without ports
 * @param destinationAddress as text
 * @param destinationPort 0 for protocols without ports
 * @param tunnelPort forensics.tunnel.port: a tunnel that stood on a port of one's own; null for
 *     none
 * @param startNanos packet time of the segment's first packet
 * @param endNanos packet time of the last one; in an alarm, of the last one until the verdict
 * @param captures the packets that are listed, capture by capture in order
 * @param ranges where further packets stand among those of other flows; filter by the addresses
 */
public record FlowPackets(
    String documentId,
    String sensor,
    String flowId,
    String rule,
    String reason,
    boolean isSuppressed,
    List<String> verdicts,
    int segment,
    boolean isFinal,
    int transport,
    String sourceAddress,
    int sourcePort,
    String destinationAddress,
    int destinationPort,
    String tunnelPort,
    long startNanos,
    long endNanos,
    List<Listed> captures,
    List<Range> ranges) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Packets of one capture.
   *
   * @param capture identity of the capture; null when it was not known
   * @param section start of the pcapng section they stand in; NO_SECTION of {@link PacketRecord}
   *     when there is none or the document does not say it
   * @param positions record positions in bytes of the uncompressed capture
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Listed(CaptureId capture, long section, long[] positions) {}

  /**
   * A part of one or several captures.
   *
   * @param firstCapture capture in which it begins
   * @param firstSection section of its first record, as in {@link Listed}
   * @param firstPosition position of its first record
   * @param lastCapture capture in which it ends, normally the same
   * @param lastPosition position of its last record, which still belongs to it
   */
  public record Range(
      CaptureId firstCapture,
      long firstSection,
      long firstPosition,
      CaptureId lastCapture,
      long lastPosition) {}

  /**
   * Reads a flow or alarm document.
   *
   * @param json the document's _source
   * @throws IOException when it is none, or its packets cannot be read
   */
  public static FlowPackets read(byte[] json) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    JsonNode event = root.path("event");
    JsonNode forensics = root.path("forensics");
    JsonNode packets = forensics.path(PacketsSection.PACKETS);
    if (!event.path("id").isTextual() || !packets.isObject()) {
      throw new IOException("not a flow or alarm document: event.id or forensics.packets missing");
    }
    return new FlowPackets(
        event.path("id").asText(),
        root.path("observer").path("name").asText(),
        forensics.path("flow").path("id").asText(),
        text(root.path("rule").path("id")),
        text(event.path("reason")),
        forensics.path("alarm").path("suppressed").asBoolean(),
        texts(forensics.path("verdicts")),
        forensics.path("flow").path("segment").asInt(1),
        forensics.path("flow").path("final").asBoolean(),
        root.path("network").path("iana_number").asInt(),
        root.path("source").path("ip").asText(),
        root.path("source").path("port").asInt(),
        root.path("destination").path("ip").asText(),
        root.path("destination").path("port").asInt(),
        text(forensics.path("tunnel").path("port")),
        nanos(event.path("start").asText()),
        nanos(event.path("end").asText()),
        captures(packets.path(PacketsSection.CAPTURES)),
        ranges(packets.path(PacketsSection.RANGES)));
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : null;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(value -> texts.add(value.asText()));
    return List.copyOf(texts);
  }

  private static List<Listed> captures(JsonNode list) throws IOException {
    List<Listed> captures = new ArrayList<>();
    for (JsonNode capture : list) {
      String positions = capture.path(PacketsSection.POSITIONS).asText();
      try {
        captures.add(
            new Listed(id(capture), section(capture), PacketPointers.Listed.decode(positions)));
      } catch (IllegalArgumentException e) {
        throw new IOException("packet positions unreadable: " + positions, e);
      }
    }
    return List.copyOf(captures);
  }

  private static List<Range> ranges(JsonNode list) {
    List<Range> ranges = new ArrayList<>();
    for (JsonNode range : list) {
      JsonNode first = range.path(PacketsSection.FIRST);
      JsonNode last = range.path(PacketsSection.LAST);
      ranges.add(
          new Range(
              id(first),
              section(first),
              first.path(PacketsSection.POSITION).asLong(),
              id(last),
              last.path(PacketsSection.POSITION).asLong()));
    }
    return List.copyOf(ranges);
  }

  private static long section(JsonNode object) {
    return object.path(PacketsSection.SECTION).asLong(PacketRecord.NO_SECTION);
  }

  private static CaptureId id(JsonNode object) {
    JsonNode id = object.path(PacketsSection.ID);
    return id.isTextual() ? new CaptureId(id.asText()) : null;
  }

  private static long nanos(String time) throws IOException {
    try {
      Instant instant = Instant.parse(time);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (java.time.DateTimeException | ArithmeticException e) {
      throw new IOException("not a packet time: " + time, e);
    }
  }
}
