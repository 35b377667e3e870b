package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real program that runs beside a test; what it says goes to files. */
public final class ToolProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int POLL_MILLIS = 20;

  /** What a program that ends by itself on these signals exits with. */
  private static final int SIGINT_CODE = 130;

  private static final int SIGTERM_CODE = 143;

  /** Its bit in a set of signals, as the kernel shows them. */
  private static final long SIGINT = 1L << (2 - 1);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private ToolProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a program.
   *
   * @param logs folder for what it says
   */
  public static ToolProcess start(Path logs, List<String> command) throws IOException {
    String name = command.get(0);
    Path out = Files.createTempFile(logs, "tool", ".out");
    Path err = Files.createTempFile(logs, "tool", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return new ToolProcess(name, process, out, err);
  }

  /** Waits until the program has said this on standard error. */
  public ToolProcess awaitSays(String words) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!said().contains(words)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(name + " did not say '" + words + "' but: " + said());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return this;
  }

  /**
   * Sends SIGINT, as Ctrl-C does, and waits for the end. Returns the exit code. Where tests run in
   * the background of a shell, programs are born deaf to SIGINT and some stay so: SIGTERM does the
   * same then.
   */
  public int interrupt() throws IOException, InterruptedException {
    if (!isDeafToInterrupt()) {
      return signal("INT");
    }
    int code = signal("TERM");
    return code == SIGTERM_CODE ? SIGINT_CODE : code;
  }

  private boolean isDeafToInterrupt() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored & SIGINT) != 0);
  }

  /** Sends a signal and waits for the end. Returns the exit code. */
  public int signal(String signal) throws IOException, InterruptedException {
    send(signal);
    return awaitEnd();
  }

  /** Sends a signal and goes on. */
  public void send(String signal) throws IOException, InterruptedException {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  /** Waits for the program's own end. Returns the exit code. */
  public int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      close();
      throw new IOException(name + " did not end; it said: " + said());
    }
    return process.exitValue();
  }

  /** Standard output so far. */
  public String output() throws IOException {
    return Files.readString(out);
  }

  /** Standard error so far. */
  public String said() throws IOException {
    return Files.readString(err);
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the program, by force when it does not listen. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
