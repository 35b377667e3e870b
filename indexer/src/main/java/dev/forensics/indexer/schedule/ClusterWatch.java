package dev.forensics.indexer.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the shared store beside Quartz, from a thread of its own: whether the others still
 * take this node for alive, and which sensors they read. A node that cannot tell ends its tenures
 * before another one takes over.
 */
final class ClusterWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

  /** Ends a tenure before Quartz on another node gives this one up. */
  private static final long SAFETY_MILLIS = SharedJobStore.GRACE_MILLIS / 3;

  private static final String OWN_CHECK_IN =
      "SELECT last_checkin_time FROM qrtz_scheduler_state"
          + " WHERE sched_name = ? AND instance_name = ?";

  private static final String ELSEWHERE =
      "SELECT job_name FROM qrtz_fired_triggers"
          + " WHERE sched_name = ? AND instance_name <> ? AND state = 'EXECUTING'";

  private final String node;
  private final long checkInMillis;
  private final Sensors sensors;
  private final Thread thread;
  private volatile long lastCheckIn;
  private boolean isAwayTold;

  /**
   * Begins to look.
   *
   * @param sensors lets go of what others read
   */
  ClusterWatch(String node, Duration checkIn, Sensors sensors) {
    this.node = node;
    this.checkInMillis = checkIn.toMillis();
    this.sensors = sensors;
    this.lastCheckIn = System.currentTimeMillis();
    this.thread = new Thread(this::lookAgainAndAgain, "cluster-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the other nodes leave this one its sensors. */
  boolean isMember() {
    long age = System.currentTimeMillis() - lastCheckIn;
    return age < checkInMillis + SharedJobStore.GRACE_MILLIS - SAFETY_MILLIS;
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(Math.max(100, checkInMillis / 2));
        look();
      }
    } catch (InterruptedException e) {
      // The schedule has ended.
    }
  }

  private void look() {
    try (Connection connection =
        DBConnectionManager.getInstance().getConnection(SchedulerStore.DATA_SOURCE)) {
      lastCheckIn = ownCheckIn(connection);
      sensors.releaseThose(elsewhere(connection));
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      tellBack();
    } catch (SQLException e) {
      tellAway(e);
    }
  }

  private void tellAway(SQLException why) {
    if (!isMember() && !isAwayTold) {
      LOG.warn(
          "the shared schedule cannot be used, reading pauses, tried again: {}", why.getMessage());
      isAwayTold = true;
    }
    LOG.debug("node={} cannot look into the shared schedule", node, why);
  }

  private void tellBack() {
    if (isAwayTold) {
      LOG.info("the shared schedule can be used again");
      isAwayTold = false;
    }
  }

  private long ownCheckIn(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OWN_CHECK_IN)) {
      query.setString(1, SchedulerStore.CLUSTER);
      query.setString(2, node);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getLong(1) : 0; // given up by the others
      }
    }
  }

  private Set<String> elsewhere(Connection connection) throws SQLException {
    Set<String> names = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(ELSEWHERE)) {
      query.setString(1, SchedulerStore.CLUSTER);
      query.setString(2, node);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    return names;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
