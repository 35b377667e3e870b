package dev.forensics.indexer.schedule;

import java.time.Duration;
import java.util.Properties;

/**
 * Where Quartz keeps its jobs: in memory for one indexer, in PostgreSQL for several that share the
 * sensors.
 *
 * @param jdbcUrl a PostgreSQL URL; null for memory
 * @param user database user; may be null when the URL says all
 * @param password its password; may be null
 * @param checkIn how often a node says that it lives; a dead one is noticed after about twice that
 */
public record SchedulerStore(String jdbcUrl, String user, String password, Duration checkIn) {
  private static final String DATA_SOURCE = "forensics";

  /** Jobs in memory: one indexer. */
  public static SchedulerStore memory() {
    return new SchedulerStore(null, null, null, null);
  }

  /** True when several indexers share the sensors. */
  public boolean isClustered() {
    return jdbcUrl != null;
  }

  /**
   * Quartz's own settings for this store.
   *
   * @param node this indexer's name, different from every other's
   * @param threads sensors read at once
   */
  Properties properties(String node, int threads) {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "forensics");
    properties.setProperty("org.quartz.scheduler.instanceId", node);
    properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
    properties.setProperty("org.quartz.threadPool.threadNamePrefix", "sensor");
    if (isClustered()) {
      addJdbcStore(properties);
    } else {
      properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    }
    return properties;
  }

  private void addJdbcStore(Properties properties) {
    String store = "org.quartz.jobStore.";
    properties.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.setProperty(store + "dataSource", DATA_SOURCE);
    properties.setProperty(store + "isClustered", "true");
    properties.setProperty(store + "useProperties", "true");
    properties.setProperty(store + "clusterCheckinInterval", Long.toString(checkIn.toMillis()));
    String source = "org.quartz.dataSource." + DATA_SOURCE + ".";
    properties.setProperty(source + "provider", "hikaricp");
    properties.setProperty(source + "driver", "org.postgresql.Driver");
    properties.setProperty(source + "URL", jdbcUrl);
    properties.setProperty(source + "user", user == null ? "" : user);
    properties.setProperty(source + "password", password == null ? "" : password);
    properties.setProperty(source + "maxConnections", "5");
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return isClustered() ? "PostgreSQL at " + jdbcUrl : "memory";
  }
}
