package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One indexer, jobs in memory. Times are only compared with each other. */
class SensorSchedulerTest {
  private static final Duration FAST = Duration.ofMillis(20);
  private static final int PATIENCE_SECONDS = 60;

  private SensorScheduler scheduler = scheduler(2);

  @AfterEach
  void close() throws IOException {
    scheduler.close();
  }

  @Test
  void shouldTickAgainAndAgainNotSoonerThanTheInterval() throws Exception {
    int ticks = 6;
    Duration every = Duration.ofMillis(200);
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(ticks);
    scheduler.add(
        "a",
        Timing.every(every),
        () -> {
          times.add(System.nanoTime());
          done.countDown();
        });
    scheduler.start();
    await(done);

    long spent = times.get(ticks - 1) - times.get(0);
    // the first may come late and the second in time, so the sum is what holds
    assertThat(spent).isGreaterThan((ticks - 3) * every.toNanos());
  }

  @Test
  void shouldNeverTickOneSensorTwiceAtOnce() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean twice = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(8);
    scheduler.add(
        "slow",
        Timing.every(Duration.ofMillis(1)),
        () -> {
          twice.compareAndSet(false, inside.incrementAndGet() > 1);
          Thread.sleep(15);
          inside.decrementAndGet();
          done.countDown();
        });
    scheduler.start();
    await(done);

    assertThat(twice).isFalse();
  }

  @Test
  void shouldTickSeveralSensorsAtOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    for (String name : List.of("a", "b")) {
      scheduler.add(
          name,
          Timing.every(FAST),
          () -> {
            both.countDown();
            await(both); // only passes when the other one ticks meanwhile
          });
    }
    scheduler.start();
    await(both);

    assertThat(scheduler.names()).containsExactly("a", "b");
  }

  /**
   * A tick that took longer than many intervals is followed by one, not by all that were missed.
   */
  @Test
  void shouldDoAMissedFiringOnceOnly() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(6);
    Duration every = Duration.ofMillis(200);
    scheduler.add(
        "a",
        Timing.every(every),
        () -> {
          if (ticks.getAndIncrement() == 0) {
            Thread.sleep(10 * every.toMillis());
          }
          times.add(System.nanoTime());
          done.countDown();
        });
    scheduler.start();
    await(done);

    // made up for, the 10 missed ones would come within a moment
    assertThat(times.get(5) - times.get(0)).isGreaterThan(3 * every.toNanos());
  }

  @Test
  void shouldTellAFailureOnceAndTryAgain() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Sensors.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    try {
      AtomicInteger ticks = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(7);
      scheduler.add(
          "a",
          Timing.every(FAST),
          () -> {
            done.countDown();
            if (ticks.incrementAndGet() <= 5) {
              throw new IOException("the folder is away");
            }
          });
      scheduler.start();
      await(done);
      scheduler.close();
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(true);
    }

    assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList())
        .filteredOn(line -> line.contains("tick failed"))
        .containsExactly("sensor=a tick failed, tried again: the folder is away");
  }

  /** Also one that another thread had met and that comes as a cause. */
  @Test
  void shouldHandAnErrorToTheProcessesHandler() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(2);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> {
          heard.add(thread.getName() + ": " + fault.getMessage());
          done.countDown();
        });
    try {
      AtomicInteger ticks = new AtomicInteger();
      scheduler.add(
          "a",
          Timing.every(FAST),
          () -> {
            if (ticks.incrementAndGet() == 1) {
              throw new IllegalStateException("a worker failed", new LinkageError("first"));
            }
            throw new LinkageError("second");
          });
      scheduler.start();
      await(done);
    } finally {
      scheduler.close();
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(heard).contains("sensor-a: first", "sensor-a: second");
  }

  @Test
  void shouldGoOnAfterABug() throws Exception {
    CountDownLatch done = new CountDownLatch(3);
    scheduler.add(
        "a",
        Timing.every(FAST),
        () -> {
          done.countDown();
          throw new IllegalStateException("a bug");
        });
    scheduler.start();

    await(done);
  }

  @Test
  void shouldWaitForTheTickUnderWayAndThenRelease() throws Exception {
    List<String> happened = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch inside = new CountDownLatch(1);
    scheduler.add(
        "a",
        Timing.every(FAST),
        new SensorTick() {
          @Override
          public void tick() throws InterruptedException {
            inside.countDown();
            Thread.sleep(300);
            happened.add("tick");
          }

          @Override
          public void release() {
            happened.add("release");
          }
        });
    scheduler.start();
    await(inside);
    scheduler.close();
    happened.add("closed");
    Thread.sleep(100);

    assertThat(happened).endsWith("tick", "release", "closed");
    assertThat(happened.stream().filter("release"::equals).count()).isEqualTo(1);
  }

  @Test
  void shouldTickByCron() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    scheduler.add("a", Timing.cron("* * * * * ?"), done::countDown);
    scheduler.start();

    await(done);
  }

  @Test
  void shouldRefuseACronExpressionThatIsNone() {
    scheduler.add("a", Timing.cron("every now and then"), () -> {});

    assertThatThrownBy(scheduler::start).hasMessageContaining("every now and then");
  }

  /** Two services in one process, as in tests, know nothing of each other. */
  @Test
  void shouldStandBesideAnother() throws Exception {
    CountDownLatch one = new CountDownLatch(2);
    CountDownLatch other = new CountDownLatch(2);
    scheduler.add("a", Timing.every(FAST), one::countDown);
    scheduler.start();
    try (SensorScheduler second = scheduler(1)) {
      second.add("a", Timing.every(FAST), other::countDown);
      second.start();
      await(other);
    }
    CountDownLatch after = new CountDownLatch(3);
    await(one);
    scheduler.close();
    scheduler = scheduler(1);
    scheduler.add("a", Timing.every(FAST), after::countDown);
    scheduler.start();

    await(after);
  }

  private static SensorScheduler scheduler(int threads) {
    try {
      return new SensorScheduler(SchedulerStore.memory(), "node", threads, Duration.ofMinutes(5));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ticks come").isTrue();
  }
}
