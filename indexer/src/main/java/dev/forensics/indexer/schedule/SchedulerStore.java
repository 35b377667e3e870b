package dev.forensics.indexer.schedule;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

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
  /** The name that all nodes of a cluster share in the database. */
  static final String CLUSTER = "forensics";

  /** Name of the connection pool in Quartz's registry. */
  static final String DATA_SOURCE = "forensics";

  private static final String STORE = "org.quartz.jobStore.";
  private static final String SCHEDULER = "org.quartz.scheduler.";

  /** A firing so late counts as missed: it is done once instead of made up for. */
  private static final int MEMORY_MISFIRE_MILLIS = 100;

  /**
   * The same with a database, where it is also how often Quartz looks for missed firings. After a
   * tenure the next firing is always one.
   */
  private static final int SHARED_MISFIRE_MILLIS = 1_000;

  /** How often a node without work looks whether there is some: one query. */
  private static final int IDLE_MILLIS = 1_000;

  private static final AtomicInteger NUMBER = new AtomicInteger();

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
    String name = isClustered() ? CLUSTER : CLUSTER + "-" + NUMBER.incrementAndGet();
    properties.setProperty(SCHEDULER + "instanceName", name);
    properties.setProperty(SCHEDULER + "instanceId", node);
    properties.setProperty(SCHEDULER + "makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
    properties.setProperty("org.quartz.threadPool.threadNamePrefix", "sensor");
    if (isClustered()) {
      addJdbcStore(properties);
    } else {
      properties.setProperty(STORE + "class", "org.quartz.simpl.RAMJobStore");
      properties.setProperty(STORE + "misfireThreshold", "" + MEMORY_MISFIRE_MILLIS);
    }
    return properties;
  }

  private void addJdbcStore(Properties properties) {
    properties.setProperty(SCHEDULER + "idleWaitTime", "" + IDLE_MILLIS);
    properties.setProperty(STORE + "class", SharedJobStore.class.getName());
    properties.setProperty(
        STORE + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.setProperty(STORE + "dataSource", DATA_SOURCE);
    properties.setProperty(STORE + "isClustered", "true");
    properties.setProperty(STORE + "useProperties", "true");
    properties.setProperty(STORE + "misfireThreshold", "" + SHARED_MISFIRE_MILLIS);
    properties.setProperty(STORE + "dbRetryInterval", "" + IDLE_MILLIS);
    properties.setProperty(STORE + "clusterCheckinInterval", Long.toString(checkIn.toMillis()));
    addDataSource(properties);
  }

  private void addDataSource(Properties properties) {
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
