package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenures: one firing that ticks on. */
@Timeout(60)
class SensorsTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final Sensors sensors = new Sensors();
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicInteger releases = new AtomicInteger();

  @Test
  void shouldTickOnceWithoutATenure() {
    sensors.add("a", counting(() -> {}), Duration.ZERO, LONG);
    sensors.fire("a");

    assertThat(ticks).hasValue(1);
  }

  @Test
  void shouldTickOnForATenure() {
    sensors.add("a", counting(() -> {}), Duration.ofMillis(100), SHORT);
    sensors.fire("a");

    assertThat(ticks.get()).isGreaterThan(1);
  }

  @Test
  void shouldEndATenureWhenTheOthersGiveThisNodeUp() {
    AtomicBoolean member = new AtomicBoolean(true);
    sensors.goOnWhile(member::get);
    sensors.add("a", counting(() -> member.set(ticks.get() < 3)), LONG, SHORT);
    sensors.fire("a");

    assertThat(ticks).hasValue(3);
  }

  /** Also when the next tick is an hour away. */
  @Test
  void shouldEndATenureAtOnceWhenItIsStopped() throws Exception {
    CountDownLatch ticked = new CountDownLatch(1);
    sensors.add("a", counting(ticked::countDown), LONG, LONG);
    Thread firing = new Thread(() -> sensors.fire("a"));
    firing.start();
    ticked.await();
    sensors.stop();
    firing.join();

    assertThat(ticks).hasValue(1);
  }

  @Test
  void shouldLeaveSensorsOfAnotherConfigurationAlone() {
    sensors.fire("unknown");
    sensors.releaseThose(Set.of("unknown"));

    assertThat(sensors.names()).isEmpty();
  }

  @Test
  void shouldLetGoOnceOfWhatOthersRead() {
    sensors.add("a", counting(() -> sensors.releaseThose(Set.of("a"))), Duration.ZERO, SHORT);
    sensors.releaseThose(Set.of("a"));
    assertThat(releases).as("never read here").hasValue(0);

    sensors.fire("a");
    assertThat(releases).as("being read here").hasValue(0);

    sensors.releaseThose(Set.of("a"));
    sensors.releaseThose(Set.of("a"));
    assertThat(releases).as("read elsewhere").hasValue(1);
  }

  private SensorTick counting(Runnable more) {
    return new SensorTick() {
      @Override
      public void tick() {
        ticks.incrementAndGet();
        more.run();
      }

      @Override
      public void release() {
        releases.incrementAndGet();
      }
    };
  }
}
