package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operating-system processes of one node: a small supervisor, the launcher, the node. */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  /** Java listens there on Linux, whatever java.io.tmpdir says. */
  private static final Path ATTACH_SOCKETS = Path.of("/tmp");

  private static final int STOP_SECONDS = 25;
  private static final int KILL_SECONDS = 10;

  private final Process process;
  private final boolean isSupervised;

  private NodeProcess(Process process, boolean isSupervised) {
    this.process = process;
    this.isSupervised = isSupervised;
  }

  /** Starts the node; returns before it listens. */
  static NodeProcess start(Path home, NodeFolder folder, EmbeddedOptions options, NodeUser user)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(home, folder, options, user))
            .directory(folder.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.console().toFile());
    environment(builder.environment(), folder, options, user);
    try {
      return new NodeProcess(builder.start(), !options.keep());
    } catch (IOException e) {
      if (user.isSwitched()) {
        throw new IOException(
            "Elasticsearch refuses to run as root and setpriv (util-linux) could not be started to"
                + " change the user; run as an ordinary user",
            e);
      }
      throw e;
    }
  }

  private static List<String> command(
      Path home, NodeFolder folder, EmbeddedOptions options, NodeUser user) throws IOException {
    List<String> command = new ArrayList<>(user.commandPrefix());
    command.add("/bin/sh");
    command.add("-c");
    if (options.keep()) {
      command.add(script("keep.sh"));
      command.add("keep");
    } else {
      command.add(script("supervise.sh"));
      command.add("supervise");
      command.add(folder.isTemporary() ? folder.root().toString() : "");
    }
    command.add(home.resolve("bin").resolve("elasticsearch").toString());
    return command;
  }

  private static String script(String name) throws IOException {
    try (InputStream in = NodeProcess.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing in this program: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void environment(
      Map<String, String> environment, NodeFolder folder, EmbeddedOptions options, NodeUser user)
      throws IOException {
    String heap = options.heapMegabytes() + "m";
    environment.keySet().removeIf(name -> name.startsWith("ES_") || name.startsWith("FORENSICS_"));
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("ES_JAVA_HOME", javaHome(user).toString());
    environment.put("ES_PATH_CONF", folder.config().toString());
    String temporary = folder.temporaryFiles().toString();
    environment.put("ES_TMPDIR", temporary);
    if (temporary.chars().noneMatch(Character::isWhitespace)) { // the script does not quote it
      // The launcher leaves an empty folder behind at each start, which is to go with the node's.
      environment.put("CLI_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    }
    environment.put("ES_JAVA_OPTS", "-Xms" + heap + " -Xmx" + heap);
  }

  private static Path javaHome(NodeUser user) throws IOException {
    Path home = Path.of(System.getProperty("java.home"));
    Path java = home.resolve("bin").resolve("java").toRealPath();
    if (!Files.isExecutable(java) || !user.canRead(java)) {
      throw new IOException(
          "the node runs as user id "
              + user.id()
              + " and cannot reach this Java, install one for all users: "
              + home);
    }
    return home;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the node. */
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Lets the node close its files, then makes sure that nothing is left. */
  void stop() throws IOException {
    List<ProcessHandle> tree = tree();
    if (isSupervised) {
      process.getOutputStream().close();
    } else {
      process.destroy();
    }
    if (!await(STOP_SECONDS)) {
      kill(tree);
    }
  }

  /** Ends the node at once, as a power cut would. */
  void kill() {
    kill(tree());
  }

  private void kill(List<ProcessHandle> tree) {
    tree.forEach(ProcessHandle::destroyForcibly);
    await(KILL_SECONDS);
    tree.forEach(NodeProcess::removeAttachSocket);
  }

  /**
   * The node attaches to itself. The socket for that stays when it is killed, and another user's
   * Java that gets the same process id could not attach to itself any more.
   */
  private static void removeAttachSocket(ProcessHandle killed) {
    try {
      Files.deleteIfExists(ATTACH_SOCKETS.resolve(".java_pid" + killed.pid()));
    } catch (IOException e) {
      LOG.debug("the socket of killed process {} stays", killed.pid(), e);
    }
  }

  /** Children first, since they cannot be found once their parent is gone. */
  private List<ProcessHandle> tree() {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process.toHandle());
    return tree;
  }

  /** Not given up on an interrupt: whoever stops a node wants it gone. */
  private boolean await(int seconds) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (process.isAlive() && System.nanoTime() < deadline) {
        try {
          process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return !process.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
