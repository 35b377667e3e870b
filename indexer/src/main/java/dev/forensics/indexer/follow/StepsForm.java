package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.LettingGo;
import dev.forensics.indexer.capture.TrafficClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The binary form of {@link ReadingSteps} in a commit. It begins with its version, less than 0;
 * where it begins with the number of steps, it is of an indexer that did not keep the clocks: such
 * steps are read again as that one did.
 */
final class StepsForm {
  private static final int VERSION = -3;

  /** Without what was spent of each second. */
  private static final int WITHOUT_SPENT = -2;

  private static final List<LettingGo> LETTING_GO =
      List.of(LettingGo.NONE, LettingGo.AFTER_PAUSE, LettingGo.ALL);

  private StepsForm() {}

  /**
   * Writes steps.
   *
   * @param numbers other numbers for the captures
   */
  static byte[] write(ReadingSteps steps, Map<Integer, Integer> numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(VERSION);
      out.writeInt(steps.all().size());
      for (ReadingSteps.Step step : steps.all()) {
        TrafficClock.State clock = step.clock();
        boolean isNobody = clock.leader() == TrafficClock.NOBODY;
        int absent = isNobody ? TrafficClock.NOBODY : TrafficClock.ABSENT;
        out.writeLong(clock.nanos());
        out.writeInt(numbers.getOrDefault(clock.leader(), absent));
        write(clock.undecided(), out);
        out.writeInt(clock.spent());
        out.writeByte(LETTING_GO.indexOf(step.lettingGo()));
        out.writeShort(step.parts().size());
        for (ReadingSteps.Part part : step.parts()) {
          write(part, numbers, out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(
      ReadingSteps.Part part, Map<Integer, Integer> numbers, DataOutputStream out)
      throws IOException {
    out.writeInt(numbers.get(part.capture()));
    out.writeLong(part.from());
    out.writeLong(part.to());
    out.writeLong(part.lookedTo());
    out.writeBoolean(part.clock() != null);
    if (part.clock() != null) {
      out.writeLong(part.clock().nanos());
      out.writeLong(part.clock().section());
      write(part.clock().undecided(), out);
    }
  }

  private static void write(List<Long> times, DataOutputStream out) throws IOException {
    out.writeByte(times.size());
    for (long time : times) {
      out.writeLong(time);
    }
  }

  /**
   * Reads steps back.
   *
   * @throws IOException when it is none of their forms
   */
  static ReadingSteps read(byte[] bytes) throws IOException {
    ReadingSteps read = new ReadingSteps();
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int head = in.readInt();
      if (head < VERSION || head == WITHOUT_SPENT + 1) {
        throw new IOException("steps of a later version: " + head);
      }
      boolean hasClocks = head < 0;
      int count = hasClocks ? in.readInt() : head;
      for (int i = 0; i < count; i++) {
        read.add(hasClocks ? step(in, head == VERSION) : stepWithoutClocks(in));
      }
    }
    return read;
  }

  private static ReadingSteps.Step step(DataInputStream in, boolean hasSpent) throws IOException {
    TrafficClock.State clock =
        new TrafficClock.State(in.readLong(), in.readInt(), times(in), hasSpent ? in.readInt() : 0);
    LettingGo lettingGo = LETTING_GO.get(in.readUnsignedByte());
    int parts = in.readUnsignedShort();
    List<ReadingSteps.Part> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(
          new ReadingSteps.Part(
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readBoolean() ? clock(in) : null));
    }
    return new ReadingSteps.Step(clock, all, lettingGo);
  }

  private static CaptureClock clock(DataInputStream in) throws IOException {
    return new CaptureClock(in.readLong(), in.readLong(), times(in));
  }

  private static List<Long> times(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(in.readLong());
    }
    return times;
  }

  private static ReadingSteps.Step stepWithoutClocks(DataInputStream in) throws IOException {
    TrafficClock.State clock = TrafficClock.State.at(in.readLong());
    int parts = in.readUnsignedShort();
    List<ReadingSteps.Part> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(
          new ReadingSteps.Part(in.readInt(), in.readLong(), in.readLong(), Long.MAX_VALUE, null));
    }
    return new ReadingSteps.Step(clock, all, LettingGo.NONE);
  }
}
