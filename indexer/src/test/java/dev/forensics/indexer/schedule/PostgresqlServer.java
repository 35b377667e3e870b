package dev.forensics.indexer.schedule;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forensics.indexer.live.Requirements;
import dev.forensics.indexer.live.ToolProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL on a free port of loopback, in a temporary folder, for the tests of one class.
 * Skips them where PostgreSQL is not installed. As root it runs as the user postgres, since it
 * refuses root.
 */
public final class PostgresqlServer implements BeforeAllCallback, AfterAllCallback {
  /** The database's user, who needs no password. */
  public static final String USER = "forensics";

  private Path bin;
  private Path folder;
  private int port;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Optional<Path> found = findBin();
    assumeTrue(found.isPresent(), "needs PostgreSQL's server programs");
    bin = found.get();
    folder = Files.createTempDirectory("postgresql");
    port = freePort();
    if (Requirements.isRoot()) {
      Requirements.assumeTools("runuser");
      run(List.of("chown", "postgres", folder.toString()));
    }
    pg("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try {
      stop();
    } catch (IOException e) {
      // It was stopped already.
    } finally {
      deleteFolder();
    }
  }

  /** Starts the server and waits until it answers. */
  public void start() throws IOException, InterruptedException {
    String options =
        "-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50";
    pg(
        "pg_ctl",
        "start",
        "-w",
        "-D",
        data(),
        "-l",
        folder.resolve("log").toString(),
        "-o",
        options);
  }

  /** Stops the server; connections are cut. */
  public void stop() throws IOException, InterruptedException {
    pg("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
  }

  /** JDBC URL of its database. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void pg(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (Requirements.isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path logs = Files.createTempDirectory("postgresql-logs");
    try {
      ToolProcess process = ToolProcess.start(logs, command);
      if (process.awaitEnd() != 0) {
        throw new IOException(command + ": " + process.said() + process.output());
      }
    } finally {
      delete(logs);
    }
  }

  private static Optional<Path> findBin() throws IOException {
    List<Path> roots = List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr/pgsql"));
    List<Path> found = new ArrayList<>();
    Requirements.find("initdb").map(Path::getParent).ifPresent(found::add);
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> versions = Files.list(root)) {
          versions.sorted(Comparator.reverseOrder()).map(v -> v.resolve("bin")).forEach(found::add);
        }
      }
    }
    return found.stream().filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void deleteFolder() throws IOException {
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
