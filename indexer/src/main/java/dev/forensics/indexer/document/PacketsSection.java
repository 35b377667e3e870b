package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.UNINDEXED;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.PacketPointers;
import java.util.ArrayList;
import java.util.List;

/**
 * "packets" of "forensics": where the segment's packets stand in the captures. {@link FlowPackets}
 * reads it back.
 */
final class PacketsSection {
  static final List<Field> FIELDS =
      List.of(
          Field.own(
              "forensics.packets.captures",
              UNINDEXED,
              "The packets, capture by capture: id, count, and the positions of their records in"
                  + " the uncompressed capture as base64url of zigzag varints of their differences"
                  + " in bytes; of pcapng also the position of the header of the section they stand"
                  + " in.",
              "[{\"id\":\"9f86d081884c7d659a2feaa0c55ad015\",\"count\":2,\"positions\":\"MKgB\"}]"),
          Field.own(
              "forensics.packets.ranges",
              UNINDEXED,
              "Of a very long flow: where its further packets stand, from the first to the last of"
                  + " them among those of other flows.",
              "[{\"first\":{\"id\":\"9f86d081884c7d659a2feaa0c55ad015\",\"position\":24},"
                  + "\"last\":{\"id\":\"9f86d081884c7d659a2feaa0c55ad015\",\"position\":4096}}]"));

  static final String PACKETS = "packets";
  static final String CAPTURES = "captures";
  static final String RANGES = "ranges";
  static final String ID = "id";
  static final String SECTION = "section";
  static final String COUNT = "count";
  static final String POSITIONS = "positions";
  static final String POSITION = "position";
  static final String FIRST = "first";
  static final String LAST = "last";

  private static final SerializableString PACKETS_NAME = JsonWriter.name(PACKETS);
  private static final SerializableString CAPTURES_NAME = JsonWriter.name(CAPTURES);
  private static final SerializableString RANGES_NAME = JsonWriter.name(RANGES);
  private static final SerializableString ID_NAME = JsonWriter.name(ID);
  private static final SerializableString SECTION_NAME = JsonWriter.name(SECTION);
  private static final SerializableString COUNT_NAME = JsonWriter.name(COUNT);
  private static final SerializableString POSITIONS_NAME = JsonWriter.name(POSITIONS);
  private static final SerializableString POSITION_NAME = JsonWriter.name(POSITION);
  private static final SerializableString FIRST_NAME = JsonWriter.name(FIRST);
  private static final SerializableString LAST_NAME = JsonWriter.name(LAST);

  private PacketsSection() {}

  static void write(Flow flow, CaptureLookup captures, JsonWriter json) {
    json.open(PACKETS_NAME);
    json.openList(CAPTURES_NAME);
    List<PacketPointers.Listed> listed = joined(flow.listed(), captures);
    for (int i = 0; i < listed.size(); i++) {
      writeBySection(listed.get(i), captures, json);
    }
    json.closeList();
    List<PacketPointers.Range> ranges = joinedRanges(flow.ranges(), captures);
    if (!ranges.isEmpty()) {
      json.openList(RANGES_NAME);
      for (int i = 0; i < ranges.size(); i++) {
        write(ranges.get(i), captures, json);
      }
      json.closeList();
    }
    json.close();
  }

  /**
   * A capture that was closed and read on has another number then: it is listed as one that was
   * read in one go.
   */
  private static List<PacketPointers.Listed> joined(
      List<PacketPointers.Listed> listed, CaptureLookup captures) {
    if (listed.size() < 2) {
      return listed;
    }
    List<PacketPointers.Listed> joined = new ArrayList<>();
    for (PacketPointers.Listed one : listed) {
      int last = joined.size() - 1;
      if (last >= 0 && isSame(joined.get(last).captureIndex, one.captureIndex, captures)) {
        joined.set(last, joined.get(last).and(one));
      } else {
        joined.add(one);
      }
    }
    return joined;
  }

  private static List<PacketPointers.Range> joinedRanges(
      List<PacketPointers.Range> ranges, CaptureLookup captures) {
    List<PacketPointers.Range> joined = new ArrayList<>();
    for (PacketPointers.Range one : ranges) {
      int last = joined.size() - 1;
      if (last >= 0
          && isSame(joined.get(last).lastCaptureIndex(), one.firstCaptureIndex(), captures)) {
        joined.set(last, joined.get(last).and(one));
      } else {
        joined.add(one);
      }
    }
    return joined;
  }

  private static boolean isSame(int one, int other, CaptureLookup captures) {
    CaptureId id = captures.id(one);
    return one != other && id != null && id.equals(captures.id(other));
  }

  private static void writeBySection(
      PacketPointers.Listed listed, CaptureLookup captures, JsonWriter json) {
    long[] positions = listed.positions;
    int from = 0;
    while (from < positions.length) {
      long section = captures.section(listed.captureIndex, positions[from]);
      int to = from + 1;
      while (to < positions.length
          && captures.section(listed.captureIndex, positions[to]) == section) {
        to++;
      }
      json.open();
      writeId(listed.captureIndex, captures, json);
      writeSection(section, json);
      json.number(COUNT_NAME, to - from);
      json.exact(POSITIONS_NAME, listed.encoded(from, to));
      json.close();
      from = to;
    }
  }

  private static void writeSection(long section, JsonWriter json) {
    if (section != PacketRecord.NO_SECTION) {
      json.number(SECTION_NAME, section);
    }
  }

  private static void write(PacketPointers.Range range, CaptureLookup captures, JsonWriter json) {
    json.open();
    json.open(FIRST_NAME);
    writeId(range.firstCaptureIndex(), captures, json);
    writeSection(captures.section(range.firstCaptureIndex(), range.firstPosition()), json);
    json.number(POSITION_NAME, range.firstPosition());
    json.close();
    json.open(LAST_NAME);
    writeId(range.lastCaptureIndex(), captures, json);
    json.number(POSITION_NAME, range.lastPosition());
    json.close();
    json.close();
  }

  private static void writeId(int captureIndex, CaptureLookup captures, JsonWriter json) {
    CaptureId id = captures.id(captureIndex);
    if (id != null) {
      json.text(ID_NAME, id.value());
    }
  }
}
