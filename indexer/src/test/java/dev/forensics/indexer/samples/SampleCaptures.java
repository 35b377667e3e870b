package dev.forensics.indexer.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes samples/generated and its part of samples/expected.json. */
final class SampleCaptures {
  private static final long OFFICE_DAY = nanos("2026-11-20T08:00:00Z");
  private static final long SPECIAL_CASES = nanos("2026-11-20T07:00:00Z");
  private static final long HOUR = 60 * Stage.MINUTE;
  private static final DateTimeFormatter RING_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SampleCaptures() {}

  /** Writes captures into a folder "generated" of this one, and brings its expected.json up. */
  static void write(Path samples) throws IOException {
    Path generated = Files.createDirectories(samples.resolve("generated"));
    ExpectedAlarms expected = new ExpectedAlarms(samples.resolve("expected.json"));
    for (SampleCapture capture : SpecialCases.all(SPECIAL_CASES)) {
      CaptureFile.write(generated.resolve(capture.name()), capture.frames());
      expected.put(List.of("generated/" + capture.name()), capture.expected());
    }
    Stage stage = new Stage("office-day", 20_261_120L);
    new OfficeDay(stage, OFFICE_DAY).play();
    expected.put(writeRing(generated, stage.capture), stage.capture.expected());
    expected.save();
  }

  /** As dumpcap does with -b duration:3600: a file an hour, numbered, with its first second. */
  private static List<String> writeRing(Path folder, SampleCapture capture) throws IOException {
    TreeMap<Long, List<Frame>> hours = new TreeMap<>();
    for (Frame frame : capture.frames()) {
      long hour = Math.max(0, frame.timestampNanos() - OFFICE_DAY) / HOUR;
      hours.computeIfAbsent(hour, h -> new ArrayList<>()).add(frame);
    }
    List<String> names = new ArrayList<>();
    for (List<Frame> frames : hours.values()) {
      long second = frames.get(0).timestampNanos() / Stage.SECOND;
      String time = RING_TIME.format(Instant.ofEpochSecond(second));
      String name =
          String.format(Locale.ROOT, "%s_%05d_%s.pcapng", capture.name(), names.size() + 1, time);
      CaptureFile.write(folder.resolve(name), frames);
      names.add("generated/" + name);
    }
    return names;
  }

  private static long nanos(String instant) {
    return Instant.parse(instant).getEpochSecond() * Stage.SECOND;
  }
}
