package dev.forensics.indexer.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/**
 * A firing of one sensor. Quartz runs it on one thread of one node at a time. The sensor's name is
 * the job's name, so nothing but names is kept in the job store.
 */
@DisallowConcurrentExecution
public final class SensorJob implements Job {
  /** Key of the {@link Sensors} in the scheduler's context. */
  static final String SENSORS = "sensors";

  @Override
  public void execute(JobExecutionContext context) throws JobExecutionException {
    try {
      Sensors sensors = (Sensors) context.getScheduler().getContext().get(SENSORS);
      sensors.fire(context.getJobDetail().getKey().getName());
    } catch (SchedulerException e) {
      throw new JobExecutionException(e);
    }
  }
}
