package dev.forensics.indexer.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.OperableTrigger;

/**
 * Quartz's store in a database, whose nodes take no more than their share of the sensors. Quartz by
 * itself lets whoever came first keep them all: a node that has just finished a firing always takes
 * it again before another node looks.
 */
@SuppressWarnings("unchecked") // JobStoreTX overrides a generic method by a raw one
public final class SharedJobStore extends JobStoreTX {
  /** What Quartz allows a node's check-in to be late, in milliseconds. */
  static final long GRACE_MILLIS = 7_500;

  /** Sensors; nodes that checked in lately; sensors that this node has. */
  private static final String COUNTS =
      """
      SELECT (SELECT COUNT(DISTINCT job_name) FROM qrtz_triggers WHERE sched_name = ?),
        (SELECT COUNT(*) FROM qrtz_scheduler_state
          WHERE sched_name = ? AND last_checkin_time + checkin_interval > ?),
        (SELECT COUNT(*) FROM qrtz_fired_triggers WHERE sched_name = ? AND instance_name = ?)
      """;

  private static final String FIRING =
      "SELECT 1 FROM qrtz_fired_triggers WHERE sched_name = ? AND entry_id = ?";

  @Override
  protected List<OperableTrigger> acquireNextTrigger(
      Connection connection, long noLaterThan, int maxCount, long timeWindow)
      throws JobPersistenceException {
    try {
      if (hasItsShare(connection)) {
        return List.of();
      }
    } catch (SQLException e) {
      throw new JobPersistenceException("the shares cannot be counted: " + e.getMessage(), e);
    }
    return super.acquireNextTrigger(connection, noLaterThan, maxCount, timeWindow);
  }

  private boolean hasItsShare(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COUNTS)) {
      query.setString(1, getInstanceName());
      query.setString(2, getInstanceName());
      query.setLong(3, System.currentTimeMillis() - GRACE_MILLIS);
      query.setString(4, getInstanceName());
      query.setString(5, getInstanceId());
      try (ResultSet counts = query.executeQuery()) {
        counts.next();
        return counts.getInt(3) >= share(counts.getInt(1), counts.getInt(2));
      }
    }
  }

  /**
   * A node that the others gave up (suspended, cut off) must not free the sensor that one of them
   * reads meanwhile.
   */
  @Override
  protected void triggeredJobComplete(
      Connection connection,
      OperableTrigger trigger,
      JobDetail job,
      CompletedExecutionInstruction instruction)
      throws JobPersistenceException {
    try {
      if (!isStillOurs(connection, trigger.getFireInstanceId())) {
        return;
      }
    } catch (SQLException e) {
      throw new JobPersistenceException("the firing cannot be found: " + e.getMessage(), e);
    }
    super.triggeredJobComplete(connection, trigger, job, instruction);
  }

  private boolean isStillOurs(Connection connection, String firing) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIRING)) {
      query.setString(1, getInstanceName());
      query.setString(2, firing);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** How many of the sensors a node may have, at least one. */
  static int share(int sensors, int nodes) {
    int others = Math.max(1, nodes);
    return Math.max(1, (sensors + others - 1) / others);
  }
}
