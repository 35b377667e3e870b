package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.LettingGo;
import dev.forensics.indexer.capture.TrafficClock;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class StepsFormTest {
  private static final CaptureClock CLOCK = new CaptureClock(77, 24, List.of(500L, 501L));

  private static ReadingSteps.Step step(long from, long to, LettingGo lettingGo) {
    return new ReadingSteps.Step(
        new TrafficClock.State(from, 3, List.of(900L), 12),
        List.of(new ReadingSteps.Part(3, from, to, to + 5, CLOCK)),
        lettingGo);
  }

  @Test
  void joinsWhatIsReadAgainInTheSameWay() {
    ReadingSteps steps = new ReadingSteps();
    steps.add(step(0, 10, LettingGo.NONE));
    steps.add(step(10, 20, LettingGo.NONE));
    steps.add(step(20, 30, LettingGo.AFTER_PAUSE));
    steps.add(step(30, 40, LettingGo.AFTER_PAUSE));
    steps.add(step(40, 50, LettingGo.NONE));
    assertThat(steps.all())
        .containsExactly(
            step(0, 20, LettingGo.NONE),
            step(20, 30, LettingGo.AFTER_PAUSE),
            step(30, 40, LettingGo.AFTER_PAUSE),
            step(40, 50, LettingGo.NONE));
  }

  @Test
  void comesBackFromItsBinaryForm() throws IOException {
    ReadingSteps steps = new ReadingSteps();
    steps.add(step(0, 10, LettingGo.NONE));
    steps.add(step(10, 20, LettingGo.AFTER_PAUSE));
    steps.add(step(20, 30, LettingGo.ALL));
    assertThat(StepsForm.read(StepsForm.write(steps, Map.of(3, 3))).all()).isEqualTo(steps.all());
  }

  @Test
  void doesNotTakeAnotherForTheCaptureThatLeads() throws IOException {
    ReadingSteps steps = new ReadingSteps();
    steps.add(
        new ReadingSteps.Step(
            new TrafficClock.State(5, 8, List.of()),
            List.of(new ReadingSteps.Part(3, 0, 9, 9, null)),
            LettingGo.NONE));
    ReadingSteps.Step read = StepsForm.read(StepsForm.write(steps, Map.of(3, 0))).all().get(0);
    assertThat(read.clock().leader()).isEqualTo(TrafficClock.ABSENT);
    assertThat(read.parts().get(0).clock()).isNull();
  }

  /** As indexers wrote it that did not keep the clocks. */
  @Test
  void readsStepsWithoutClocks() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(1);
      out.writeLong(42);
      out.writeShort(1);
      out.writeInt(0);
      out.writeLong(24);
      out.writeLong(99);
    }
    assertThat(StepsForm.read(bytes.toByteArray()).all())
        .containsExactly(
            new ReadingSteps.Step(
                TrafficClock.State.at(42),
                List.of(new ReadingSteps.Part(0, 24, 99, Long.MAX_VALUE, null)),
                LettingGo.NONE));
  }

  @Test
  void refusesALaterVersion() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(-4);
    }
    assertThatThrownBy(() -> StepsForm.read(bytes.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("later version");
  }
}
