package dev.forensics.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.live.JavaProcess;
import dev.forensics.indexer.live.ToolProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several processes share sensors through a real PostgreSQL. */
class ScheduleClusterIT {
  @RegisterExtension static final PostgresqlServer POSTGRESQL = new PostgresqlServer();

  private static final int CHECK_IN_MILLIS = 1_000;
  private static final int TENURE_MILLIS = 3_000;

  /** No bound of time is tested: this only ends a test that hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final List<ToolProcess> nodes = new ArrayList<>();

  @BeforeEach
  void dropTables() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(POSTGRESQL.url(), PostgresqlServer.USER, null);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE");
      statement.execute("CREATE SCHEMA public");
    }
  }

  @AfterEach
  void endNodes() {
    nodes.forEach(ToolProcess::close);
  }

  @Test
  void shouldShareTheSensorsAndTakeThoseOfAKilledNode() throws Exception {
    ToolProcess first = start("a");
    await(ticks -> ticks.shares().equals(Map.of("a", 4)));
    start("b");
    await(ticks -> ticks.shares().equals(Map.of("a", 2, "b", 2)));

    long killed = System.nanoTime();
    first.signal("KILL");
    await(ticks -> ticks.after(killed).shares().equals(Map.of("b", 4)));
    start("c");
    await(ticks -> ticks.after(killed).shares().equals(Map.of("b", 2, "c", 2)));

    assertThat(folder.resolve(ClusterNode.OVERLAPS)).doesNotExist();
  }

  @Test
  void shouldKeepASensorForATenureAndLetGoOfWhatOthersRead() throws Exception {
    ToolProcess first = start("a");
    await(ticks -> ticks.shares().equals(Map.of("a", 4)));
    start("b");
    await(ticks -> ticks.shares().equals(Map.of("a", 2, "b", 2)));
    int most = 0;
    while (ClusterTicks.read(folder).count() < 400) {
      most = Math.max(most, mostOfOneNode());
      Thread.sleep(50);
    }

    assertThat(most).isEqualTo(2);
    assertThat(ClusterTicks.read(folder).changes()).isLessThan(20);
    assertThat(first.said()).contains("released sensor-");
    assertThat(folder.resolve(ClusterNode.OVERLAPS)).doesNotExist();
  }

  @Test
  void shouldHandOverWhenANodeEndsCleanly() throws Exception {
    ToolProcess first = start("a");
    await(ticks -> ticks.shares().equals(Map.of("a", 4)));
    start("b");
    await(ticks -> ticks.shares().containsKey("b"));
    first.signal("TERM");
    long ended = System.nanoTime();

    assertThat(first.said()).contains("closed").doesNotContain("did not close");
    await(ticks -> ticks.after(ended).shares().equals(Map.of("b", 4)));
    assertThat(folder.resolve(ClusterNode.OVERLAPS)).doesNotExist();
  }

  /** A machine that was suspended wakes up and believes that it still has its sensors. */
  @Test
  void shouldNotReadOnAfterTheOthersGaveANodeUp() throws Exception {
    ToolProcess first = start("a");
    await(ticks -> ticks.shares().equals(Map.of("a", 4)));
    first.send("STOP");
    start("b");
    await(ticks -> ticks.shares().equals(Map.of("b", 4)));
    long woken = System.nanoTime();
    first.send("CONT");
    await(ticks -> ticks.after(woken).count() > 100);
    await(ticks -> ticks.after(woken).shares().equals(Map.of("a", 2, "b", 2)));

    // each sensor may be ticked once more by the woken node, which is noticed as two changes
    ClusterTicks since = ClusterTicks.read(folder).after(woken);
    assertThat(since.changes()).isLessThan(2 * ClusterNode.SENSORS + 10);
  }

  @Test
  void shouldEndTenuresWithoutTheDatabaseAndGoOnWithIt() throws Exception {
    start("a");
    await(ticks -> ticks.shares().equals(Map.of("a", 4)));
    POSTGRESQL.stop();
    long before = awaitStandstill();
    POSTGRESQL.start();

    await(ticks -> ticks.after(before).shares().equals(Map.of("a", 4)));
    await(ticks -> ticks.after(before).count() > 100);
    assertThat(folder.resolve(ClusterNode.OVERLAPS)).doesNotExist();
  }

  @Test
  void shouldMakeTheTablesOnceWhenNodesBeginTogether() throws Exception {
    SchedulerStore store =
        new SchedulerStore(POSTGRESQL.url(), PostgresqlServer.USER, null, Duration.ofSeconds(1));
    Callable<Void> creation =
        () -> {
          SchedulerTables.create(store);
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> one : threads.invokeAll(Collections.nCopies(8, creation))) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(countTables()).isEqualTo(11);
  }

  private static int countTables() throws SQLException {
    return query("SELECT COUNT(*) FROM pg_tables WHERE tablename ~ '^qrtz_'");
  }

  private static int mostOfOneNode() throws SQLException {
    return query(
        "SELECT COALESCE(MAX(n), 0) FROM"
            + " (SELECT COUNT(*) AS n FROM qrtz_fired_triggers GROUP BY instance_name) AS nodes");
  }

  private static int query(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(POSTGRESQL.url(), PostgresqlServer.USER, null);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(sql)) {
      count.next();
      return count.getInt(1);
    }
  }

  private ToolProcess start(String node) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            POSTGRESQL.url(),
            node,
            Integer.toString(CHECK_IN_MILLIS),
            Integer.toString(TENURE_MILLIS),
            folder.toString());
    ToolProcess process =
        ToolProcess.start(folder, JavaProcess.command(ClusterNode.class, arguments));
    nodes.add(process);
    return process.awaitSays("started");
  }

  private ClusterTicks await(Predicate<ClusterTicks> condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ClusterTicks ticks = ClusterTicks.read(folder);
    while (!condition.test(ticks)) {
      assertThat(System.nanoTime()).as("hangs with %s", ticks.shares()).isLessThan(end);
      Thread.sleep(100);
      ticks = ClusterTicks.read(folder);
    }
    return ticks;
  }

  /** Waits until nobody ticks any more. Returns a time after the last tick. */
  private long awaitStandstill() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int count = -1;
    while (ClusterTicks.read(folder).count() != count) {
      assertThat(System.nanoTime()).isLessThan(begin + PATIENCE.toNanos());
      count = ClusterTicks.read(folder).count();
      Thread.sleep(2_000);
    }
    return System.nanoTime();
  }
}
