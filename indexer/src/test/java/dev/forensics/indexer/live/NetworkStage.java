package dev.forensics.indexer.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces joined by a cable: a client with {@link #CLIENT}, a server with Telegram's
 * {@link #TELEGRAM}. Real programs talk over it, and nothing leaves the machine. Everything that
 * was started and made is gone after {@link #close}.
 */
public final class NetworkStage implements AutoCloseable {
  /** The client's address. */
  public static final String CLIENT = "10.20.30.11";

  /** The server's address, one of Telegram's. */
  public static final String TELEGRAM = "149.154.167.50";

  /** The client's end of the cable. */
  public static final String DEVICE = "inside";

  private static final String SERVER_DEVICE = "outside";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path folder;
  private final String client;
  private final String server;
  private final ArrayDeque<ToolProcess> processes = new ArrayDeque<>();
  private final ArrayDeque<Path> mounts = new ArrayDeque<>();
  private final Thread lastResort = new Thread(this::cleanUp, "network-stage");

  private NetworkStage(Path folder, String suffix) {
    this.folder = folder;
    this.client = "forensics-client-" + suffix;
    this.server = "forensics-server-" + suffix;
  }

  /**
   * Builds the network; skips the test where that is not possible.
   *
   * @param folder for configurations and for what programs say
   */
  public static NetworkStage build(Path folder) throws IOException, InterruptedException {
    Requirements.assumeRoot();
    Requirements.assumeTools("ip");
    String suffix = ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    NetworkStage stage = new NetworkStage(folder, suffix);
    Runtime.getRuntime().addShutdownHook(stage.lastResort);
    ToolProcess first = ToolProcess.start(folder, List.of("ip", "netns", "add", stage.client));
    boolean allowed = first.awaitEnd() == 0;
    if (!allowed) {
      stage.close();
    }
    assumeTrue(allowed, "needs the right to make network namespaces: " + first.said());
    try {
      stage.lay();
      return stage;
    } catch (IOException | InterruptedException e) {
      stage.close();
      throw e;
    }
  }

  private void lay() throws IOException, InterruptedException {
    run("ip", "netns", "add", server);
    run(
        List.of("ip", "link", "add", DEVICE, "netns", client, "type", "veth"),
        List.of("peer", "name", SERVER_DEVICE, "netns", server));
    ip(client, "address", "add", CLIENT + "/24", "dev", DEVICE);
    ip(server, "address", "add", TELEGRAM + "/32", "dev", SERVER_DEVICE);
    for (String namespace : List.of(client, server)) {
      ip(namespace, "link", "set", "lo", "up");
    }
    ip(client, "link", "set", DEVICE, "up");
    ip(server, "link", "set", SERVER_DEVICE, "up");
    ip(client, "route", "add", "default", "dev", DEVICE, "src", CLIENT);
    ip(server, "route", "add", "default", "dev", SERVER_DEVICE);
  }

  /** Takes the cable away, as when a network card is pulled out. */
  public void cutCable() throws IOException, InterruptedException {
    ip(client, "link", "delete", DEVICE);
  }

  /** Mounts a file system until the stage is taken down. */
  public void mount(String type, Path where, String options)
      throws IOException, InterruptedException {
    run("mount", "-t", type, "-o", options, type, where.toString());
    mounts.push(where);
  }

  /**
   * nginx that speaks plain HTTP on Telegram's port 443 and takes any request. It answers when it
   * has the whole request, as a proxy does: an answer in the middle of a body would come before or
   * after some packet of the body, in each capture of the same traffic as it happens, and what is
   * known when the answer is there would differ.
   */
  public void startPlainNginx() throws IOException, InterruptedException {
    Requirements.assumeTools("nginx");
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr notice;
        user root;
        worker_processes 1;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          keepalive_timeout 600;
          keepalive_requests 100000;
          server {
            listen %2$s:443;
            location / { proxy_pass http://127.0.0.1:8080; }
          }
          server {
            listen 127.0.0.1:8080;
            location / { return 200 'fine\\n'; }
          }
        }
        """
            .formatted(folder, TELEGRAM));
    startInServer("nginx", "-c", configuration.toString(), "-e", "stderr")
        .awaitSays("start worker process ");
  }

  /** A TLS server of OpenSSL's on Telegram's address, with a certificate of its own. */
  public void startTlsServer(int port) throws IOException, InterruptedException {
    Requirements.assumeTools("openssl");
    Path key = folder.resolve("server.key");
    Path certificate = folder.resolve("server.crt");
    run(
        List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"),
        List.of("-subj", "/CN=tls.example.org", "-keyout", key.toString()),
        List.of("-out", certificate.toString()));
    ToolProcess tls =
        startInServer(
            List.of("openssl", "s_server", "-www", "-accept", TELEGRAM + ":" + port),
            List.of("-cert", certificate.toString(), "-key", key.toString()));
    while (!tls.output().contains("ACCEPT")) {
      if (!tls.isAlive()) {
        throw new IOException("openssl s_server: " + tls.said());
      }
      Thread.sleep(20);
    }
  }

  /** A plaintext POST from the client to Telegram's port 443, answered. */
  public void post(String path, String body) throws IOException, InterruptedException {
    post(1, path, body);
  }

  /** Several such POSTs over one connection. */
  public void post(int times, String path, String body) throws IOException, InterruptedException {
    Requirements.assumeTools("curl");
    String urls = "http://" + TELEGRAM + ":443" + path + "?[1-" + times + "]";
    runInClient("curl", "-sSf", "-m", "60", "-o", "/dev/null", "--data-binary", body, urls);
  }

  /** POSTs over one connection, two a second. */
  public ToolProcess startSlowPosts(int times, String path) throws IOException {
    Requirements.assumeTools("curl");
    String urls = "http://" + TELEGRAM + ":443" + path + "?[1-" + times + "]";
    return startInClient(
        List.of("curl", "-sSf", "-m", "60", "--rate", "120/m", "-o", "/dev/null"),
        List.of("--data-binary", "x=y", urls));
  }

  /** Runs a program on the client's side to its end; a failure of it is an error. */
  public String runInClient(String... command) throws IOException, InterruptedException {
    return run(in(client, List.of(command)));
  }

  /** Starts a program on the client's side; it ends with this stage at the latest. */
  @SafeVarargs
  public final ToolProcess startInClient(List<String>... command) throws IOException {
    return start(client, join(command));
  }

  /** Starts a program on the server's side; it ends with this stage at the latest. */
  @SafeVarargs
  public final ToolProcess startInServer(List<String>... command) throws IOException {
    return start(server, join(command));
  }

  private ToolProcess startInServer(String... command) throws IOException {
    return start(server, List.of(command));
  }

  private ToolProcess start(String namespace, List<String> command) throws IOException {
    ToolProcess process = ToolProcess.start(folder, in(namespace, command));
    processes.push(process);
    return process;
  }

  private void ip(String namespace, String... arguments) throws IOException, InterruptedException {
    run(List.of("ip", "-n", namespace), List.of(arguments));
  }

  private void run(String... command) throws IOException, InterruptedException {
    run(List.of(command));
  }

  @SafeVarargs
  private String run(List<String>... parts) throws IOException, InterruptedException {
    List<String> command = join(parts);
    ToolProcess process = ToolProcess.start(folder, command);
    int code = process.awaitEnd();
    if (code != 0) {
      throw new IOException(command + " ended with " + code + ": " + process.said());
    }
    return process.output();
  }

  private static List<String> in(String namespace, List<String> command) {
    return join(List.of("ip", "netns", "exec", namespace), command);
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** Ends every program and takes the network down. */
  @Override
  public void close() {
    cleanUp();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }

  private void cleanUp() {
    while (!processes.isEmpty()) {
      processes.pop().close();
    }
    while (!mounts.isEmpty()) {
      runAnyway(List.of("umount", mounts.pop().toString()));
    }
    for (String namespace : List.of(client, server)) {
      runAnyway(List.of("ip", "netns", "delete", namespace));
    }
  }

  private void runAnyway(List<String> command) {
    try {
      ToolProcess.start(folder, command).awaitEnd();
    } catch (IOException e) {
      // Not made, or gone: nothing to clean up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
