package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.FLATTENED;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;
import static dev.forensics.indexer.document.FieldType.UNINDEXED;

import dev.forensics.indexer.decode.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields that only captures have. */
final class CaptureSection {
  static final List<Field> FIELDS = fields();

  private CaptureSection() {}

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>(progress());
    fields.addAll(counts());
    for (StopReason reason : StopReason.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT);
      fields.add(
          own(
                  "forensics.capture.stops." + name,
                  LONG,
                  "Packets whose decoding stopped early for this reason, at any layer.",
                  "3")
              .unit("packets"));
    }
    fields.add(
        own(
                "forensics.capture.stops_by_layer",
                FLATTENED,
                "The same packets by layer and reason.",
                "{\"ipv4.truncated\":3}")
            .unit("packets"));
    return List.copyOf(fields);
  }

  private static List<Field> progress() {
    return List.of(
        own("forensics.capture.state", KEYWORD, "seen (listed), reading, done, or failed.", "done"),
        own("forensics.capture.size", LONG, "Size of the file as stored.", "104857600")
            .unit("bytes"),
        own(
                "forensics.capture.committed_offset",
                LONG,
                "How much of the uncompressed capture is read with every document of it"
                    + " acknowledged.",
                "104857600")
            .unit("bytes"),
        own(
            "forensics.capture.last_record",
            UNINDEXED,
            "The last record before that: its number, position, section, time in nanoseconds, stored"
                + " and original length. It tells whether a file with the same beginning is this"
                + " capture.",
            "120000:104857520:-1:1795341600000000000:60:60"),
        own(
            "forensics.capture.replay.id",
            KEYWORD,
            "Capture in which the earliest flow began that was still open then: a restart reads"
                + " from there.",
            "9f86d081884c7d659a2feaa0c55ad015"),
        own("forensics.capture.replay.offset", LONG, "Position in that capture.", "24")
            .unit("bytes"),
        own(
            "forensics.capture.replay.starts",
            UNINDEXED,
            "Where all flows began that were still open then, in base64.",
            "AQEAMAE="),
        own(
                "forensics.capture.replay.captures",
                KEYWORD,
                "Captures in which they began.",
                "9f86d081884c7d659a2feaa0c55ad015")
            .many(),
        own(
            "forensics.capture.finished",
            DATE,
            "Wall-clock time at which it was done or failed.",
            "2026-11-22T10:15:32.001000000Z"),
        Field.ecs("host.name", KEYWORD, "Indexer that read it.", "indexer-1")
            .in(DocumentKind.CAPTURE),
        Field.ecs("error.message", KEYWORD, "What went wrong.", "x.pcap: offset 24: cut off")
            .in(DocumentKind.CAPTURE));
  }

  private static List<Field> counts() {
    return List.of(
        own("forensics.capture.packets", LONG, "Packets read.", "120000").unit("packets"),
        own("forensics.capture.bytes", LONG, "Their bytes on the wire.", "98000000").unit("bytes"),
        own("forensics.capture.flows", LONG, "Flow documents made.", "3400").unit("documents"),
        own("forensics.capture.alarms", LONG, "Alarm documents made.", "2").unit("documents"),
        own(
                "forensics.capture.dead_letters",
                LONG,
                "Documents that Elasticsearch refused; they stand in the dead-letter file.",
                "0")
            .unit("documents"),
        own(
                "forensics.capture.warnings",
                LONG,
                "Warnings of the reader, such as a last record cut off.",
                "0")
            .unit("warnings"),
        own(
                "forensics.capture.damages",
                LONG,
                "Damaged places, such as zeros amid the file, that reading passed over; packets"
                    + " there are lost. Absent when there are none.",
                "1")
            .unit("places"),
        own(
                "forensics.capture.clock.astray",
                LONG,
                "Packets of a time that those around them contradict, such as 1970; the sensor's"
                    + " clock did not follow them. Absent with the other two where nothing was found.",
                "1")
            .unit("packets"),
        own(
                "forensics.capture.clock.steps",
                LONG,
                "How often the times of packets in a row went back, or an hour or more forward.",
                "2")
            .unit("steps"),
        own(
                "forensics.capture.clock.furthest_step",
                LONG,
                "The furthest of these steps; below 0 when it went back.",
                "-10800000000000")
            .unit("nanos"),
        own(
                "forensics.capture.interfaces.names",
                KEYWORD,
                "Interfaces that the capture names (pcapng); the first 64.",
                "eth0")
            .many(),
        own(
                "forensics.capture.interfaces.received",
                LONG,
                "Packets that came in at them, by the capture's own statistics. This and the next"
                    + " three are absent where the capture tells nothing.",
                "120007")
            .unit("packets"),
        own(
                "forensics.capture.interfaces.dropped_by_interface",
                LONG,
                "Packets that the interfaces dropped: they are missing in the capture.",
                "3")
            .unit("packets"),
        own(
                "forensics.capture.interfaces.dropped_by_system",
                LONG,
                "Packets that the writer's system dropped: they are missing in the capture.",
                "4")
            .unit("packets"),
        own(
                "forensics.capture.interfaces.delivered",
                LONG,
                "Packets that were handed to the writer.",
                "120000")
            .unit("packets"),
        own(
                "forensics.capture.interfaces.misplaced_statistics",
                LONG,
                "Statistics of an interface that nothing before them describes; passed over. Absent"
                    + " when there are none.",
                "1")
            .unit("blocks"));
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own(name, type, meaning, example).in(DocumentKind.CAPTURE);
  }
}
