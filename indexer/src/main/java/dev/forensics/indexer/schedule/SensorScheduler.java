package dev.forensics.indexer.schedule;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks each sensor by its timing: intervals by the time that passes, cron by the wall clock. With
 * a shared store intervals are kept there as points of the wall clock, too, and are laid out anew
 * when it was set. A firing missed because the one before took longer, or because the service was
 * down, is done once and not made up for. With a shared store several nodes hold the same sensors,
 * and each is read by one of them at a time; a firing then keeps the sensor for a tenure, so that
 * its flows stay in one node's memory.
 */
public final class SensorScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SensorScheduler.class);
  private static final String GROUP = "sensors";
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final Sensors sensors = new Sensors();
  private final IntervalTicks intervals = new IntervalTicks(sensors);
  private final ClockSteps steps =
      new ClockSteps(System::currentTimeMillis, System::nanoTime, this::layOutAnew);
  private final Map<String, Timing> timings = new LinkedHashMap<>();
  private final SchedulerStore store;
  private final String node;
  private final Duration tenure;
  private volatile ClusterWatch watch;

  /**
   * @param store where the jobs are kept
   * @param node this indexer's name
   * @param threads sensors read at once, 1 or more
   * @param tenure how long a node keeps a sensor with a shared store
   * @throws IOException when the store cannot be used
   */
  public SensorScheduler(SchedulerStore store, String node, int threads, Duration tenure)
      throws IOException {
    this.store = store;
    this.node = node;
    this.tenure = store.isClustered() ? tenure : Duration.ZERO;
    try {
      if (store.isClustered()) {
        SchedulerTables.create(store);
      }
      scheduler = new StdSchedulerFactory(store.properties(node, threads)).getScheduler();
      scheduler.getContext().put(SensorJob.SENSORS, sensors);
    } catch (SchedulerException | SQLException e) {
      throw new IOException("the schedule in " + store + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Adds a sensor; before {@link #start}. */
  public void add(String name, Timing timing, SensorTick tick) {
    timings.put(name, timing);
    Duration pause = timing.every() == null ? LEAST_PAUSE : timing.every();
    sensors.add(name, tick, timing.every() == null ? Duration.ZERO : tenure, pause);
  }

  /** Begins to tick. */
  public void start() throws IOException {
    try {
      for (Map.Entry<String, Timing> entry : timings.entrySet()) {
        if (isByWallClock(entry.getValue())) {
          schedule(entry.getKey(), entry.getValue());
          tellCron(entry.getKey(), entry.getValue());
        } else {
          intervals.add(entry.getKey(), entry.getValue().every());
        }
      }
      if (store.isClustered()) {
        watch = new ClusterWatch(node, store.checkIn(), sensors);
        sensors.goOnWhile(watch::isMember);
      }
      scheduler.start();
      intervals.start();
      steps.start();
    } catch (SchedulerException e) {
      throw new IOException("the sensors cannot be scheduled: " + e.getMessage(), e);
    }
  }

  private static void tellCron(String name, Timing timing) {
    if (timing.cron() != null) {
      LOG.info("sensor={} goes by the wall clock: cron {}", name, timing.cron());
    }
  }

  /** Why no sensor is read at the moment, in words for an operator; any thread may ask. */
  public Optional<String> problem() {
    ClusterWatch watching = watch;
    return watching == null || watching.isMember()
        ? Optional.empty()
        : Optional.of("the shared schedule cannot be used, reading pauses");
  }

  /** Names of the scheduled sensors. */
  public Set<String> names() {
    return sensors.names();
  }

  /** Waits for the ticks under way and lets go of the sensors. */
  @Override
  public void close() throws IOException {
    sensors.stop();
    steps.close();
    try {
      scheduler.shutdown(true);
      intervals.close();
    } catch (SchedulerException e) {
      throw new IOException("the schedule did not shut down: " + e.getMessage(), e);
    } finally {
      if (watch != null) {
        watch.close();
      }
      sensors.release();
    }
  }

  private void schedule(String name, Timing timing) throws SchedulerException {
    JobDetail job =
        JobBuilder.newJob(SensorJob.class)
            .withIdentity(new JobKey(name, GROUP))
            .requestRecovery()
            .storeDurably()
            .build();
    scheduler.scheduleJob(job, Set.of(trigger(name, timing)), true);
  }

  private static Trigger trigger(String name, Timing timing) {
    return TriggerBuilder.newTrigger()
        .withIdentity(key(name))
        .forJob(new JobKey(name, GROUP))
        .withSchedule(builder(timing))
        .startNow()
        .build();
  }

  private static TriggerKey key(String name) {
    return new TriggerKey(name, GROUP);
  }

  private boolean isByWallClock(Timing timing) {
    return timing.cron() != null || store.isClustered();
  }

  /**
   * Quartz waits for a point of the wall clock: set back by two hours, it would be silent for two
   * hours.
   */
  private void layOutAnew() {
    for (Map.Entry<String, Timing> entry : timings.entrySet()) {
      if (isByWallClock(entry.getValue())) {
        try {
          scheduler.rescheduleJob(key(entry.getKey()), trigger(entry.getKey(), entry.getValue()));
        } catch (SchedulerException e) {
          LOG.warn("sensor={} keeps its schedule from before: {}", entry.getKey(), e.getMessage());
        }
      }
    }
  }

  private static ScheduleBuilder<? extends Trigger> builder(Timing timing) {
    if (timing.cron() != null) {
      return CronScheduleBuilder.cronSchedule(timing.cron())
          .withMisfireHandlingInstructionFireAndProceed();
    }
    return SimpleScheduleBuilder.simpleSchedule()
        .withIntervalInMilliseconds(timing.every().toMillis())
        .repeatForever()
        .withMisfireHandlingInstructionNowWithExistingCount();
  }
}
