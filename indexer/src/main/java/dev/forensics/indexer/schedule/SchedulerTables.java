package dev.forensics.indexer.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Makes the tables of Quartz's job store where they are missing, from the script in its own jar.
 */
final class SchedulerTables {
  private static final String SCRIPT = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

  /** Any number that other programs on the database do not lock by. */
  private static final long LOCK = 0x666f72656e736963L;

  private SchedulerTables() {}

  /** Safe to call by several nodes at once. */
  static void create(SchedulerStore store) throws SQLException, IOException {
    try (Connection connection = connect(store)) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        if (!exists(statement)) {
          createAll(statement);
        }
      }
      connection.commit();
    }
  }

  private static Connection connect(SchedulerStore store) throws SQLException {
    Properties properties = new Properties();
    if (store.user() != null) {
      properties.setProperty("user", store.user());
    }
    if (store.password() != null) {
      properties.setProperty("password", store.password());
    }
    return DriverManager.getConnection(store.jdbcUrl(), properties);
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("SELECT to_regclass('qrtz_triggers')")) {
      return found.next() && found.getString(1) != null;
    }
  }

  private static void createAll(Statement statement) throws SQLException, IOException {
    for (String sql : script().split(";", -1)) {
      String command = withoutComments(sql);
      if (command.startsWith("CREATE")) {
        statement.execute(command);
      }
    }
  }

  private static String script() throws IOException {
    try (InputStream script = SchedulerTables.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IOException("Quartz's table script is missing: " + SCRIPT);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String withoutComments(String sql) {
    return String.join("\n", sql.lines().filter(line -> !line.startsWith("--")).toList()).strip();
  }
}
