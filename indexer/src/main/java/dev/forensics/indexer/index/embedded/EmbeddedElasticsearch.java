package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Elasticsearch node on loopback, run as a child process.
 *
 * <p>Several may run at a time, in one process or in several. The node ends with {@link #close},
 * with this process, on Ctrl-C, and also when this process is killed; unless it was started to be
 * kept, see {@link KeptNode}. As root, the node runs under an unprivileged user id. Needs a POSIX
 * system.
 */
public final class EmbeddedElasticsearch implements AutoCloseable {
  /** The version of the node. */
  public static final String VERSION = ElasticsearchDistribution.VERSION;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedElasticsearch.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int POLL_MILLIS = 100;
  private static final int TAIL_LINES = 30;

  private final NodeFolder folder;
  private final NodeProcess process;
  private final EmbeddedOptions options;
  private final URI url;
  private final Thread hook = new Thread(this::stopQuietly, "embedded-elasticsearch-stop");

  private EmbeddedElasticsearch(
      NodeFolder folder, NodeProcess process, EmbeddedOptions options, URI url) {
    this.folder = folder;
    this.process = process;
    this.options = options;
    this.url = url;
  }

  /**
   * Starts a node and waits until it answers: about 8 seconds, longer when the distribution must be
   * fetched first.
   *
   * @throws IOException when it cannot be fetched or does not start, with the end of its log
   */
  public static EmbeddedElasticsearch start(EmbeddedOptions options)
      throws IOException, InterruptedException {
    requireFree(options.port());
    NodeUser user = NodeUser.current();
    Path home = ElasticsearchDistribution.home(user);
    NodeFolder folder =
        options.folder().isPresent()
            ? NodeFolder.lasting(options.folder().get(), user)
            : NodeFolder.temporary(user);
    try {
      return launch(home, folder, options, user);
    } catch (IOException | InterruptedException | RuntimeException e) {
      folder.discard();
      throw e;
    }
  }

  /** Said at once, where the node would need half a minute to say it. */
  private static void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
    } catch (BindException e) {
      throw new IOException("port is taken: 127.0.0.1:" + port, e);
    }
  }

  private static EmbeddedElasticsearch launch(
      Path home, NodeFolder folder, EmbeddedOptions options, NodeUser user)
      throws IOException, InterruptedException {
    NodeConfiguration.write(home, folder, options);
    folder.handOver(user);
    NodeProcess process = NodeProcess.start(home, folder, options, user);
    try {
      URI url = awaitReady(process, new NodeProbe(folder, options.security()), folder, options);
      EmbeddedElasticsearch node = new EmbeddedElasticsearch(folder, process, options, url);
      node.registerEnd();
      return node;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  private static URI awaitReady(
      NodeProcess process, NodeProbe probe, NodeFolder folder, EmbeddedOptions options)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw failure("Elasticsearch ended while starting", folder);
      }
      Optional<URI> address = probe.address();
      if (address.isPresent() && probe.isReady(address.get())) {
        return address.get();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw failure("Elasticsearch did not answer within " + options.startTimeout(), folder);
  }

  private static IOException failure(String problem, NodeFolder folder) {
    return new IOException(problem + ":\n" + LogTail.of(folder.console(), TAIL_LINES));
  }

  private void registerEnd() throws IOException {
    if (options.keep()) {
      KeptNode.remember(new KeptNode(url, process.pid(), folder.root(), folder.isTemporary()));
    } else {
      Runtime.getRuntime().addShutdownHook(hook);
    }
    LOG.info("Elasticsearch {} listens on {}, folder {}", VERSION, url, folder.root());
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}, or https with security on. */
  public URI url() {
    return url;
  }

  /** The process id at the root of the node's processes. */
  public long pid() {
    return process.pid();
  }

  /** The folder with its data, logs and configuration. */
  public Path folder() {
    return folder.root();
  }

  /** The certificate to trust, present with security on. */
  public Optional<Path> certificate() {
    return options.security().map(security -> folder.certificate());
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the node ends by itself or by another's hand. */
  public void awaitEnd() throws InterruptedException {
    process.awaitEnd();
  }

  /** Ends the node at once, without letting it close its files; its folder stays. */
  public void kill() {
    process.kill();
  }

  /** Stops the node, unless it is to be kept, and removes its folder if that is temporary. */
  @Override
  public void close() throws IOException {
    if (options.keep()) {
      return;
    }
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.trace("closed while this process ends", e);
    }
  }

  /** A node whose folder goes has no files worth closing. */
  private synchronized void stop() throws IOException {
    if (folder.isTemporary()) {
      process.kill();
    } else {
      process.stop();
    }
    folder.discard();
  }

  private void stopQuietly() {
    try {
      stop();
    } catch (IOException e) {
      LOG.warn("Elasticsearch could not be stopped cleanly: {}", e.toString());
    }
  }
}
