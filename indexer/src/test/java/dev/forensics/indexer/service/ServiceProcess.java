package dev.forensics.indexer.service;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** `forensics run` as a process of its own, that can be killed. */
public final class ServiceProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("http=.*:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServiceProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param config the configuration; http.bind may have port 0
   * @param log gets what it prints
   * @param options more options for the JVM
   */
  public static ServiceProcess start(Path config, Path log, String... options) throws IOException {
    return start(config, log, Map.of(), options);
  }

  /**
   * Starts it.
   *
   * @param environment more variables
   */
  public static ServiceProcess start(
      Path config, Path log, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.add("-cp");
    command.add("target/classes" + File.pathSeparator + "target/lib/*");
    command.addAll(
        List.of("dev.forensics.indexer.cli.IndexerMain", "run", "--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(Files.writeString(log, "").toFile()));
    return new ServiceProcess(builder.start(), log);
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** True while it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Its page at a path, as text; waits until it listens. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The value of a metric's first line that begins like this; 0 when there is none. */
  public double metric(String line) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  /** The port of its endpoint, once it listens. */
  public int port() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher found = LISTENS.matcher(log());
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
      Thread.sleep(20);
    }
    throw new IOException("the service does not listen:\n" + log());
  }

  /** As kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As systemd does. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("the service did not stop");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
