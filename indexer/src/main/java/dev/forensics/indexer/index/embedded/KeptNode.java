package dev.forensics.indexer.index.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node that was started to outlive its starter, as remembered in the cache folder; one at a time.
 *
 * @param url where it listens
 * @param pid its process
 * @param folder its data, logs and configuration
 * @param isTemporary true when the folder goes with the node
 */
public record KeptNode(URI url, long pid, Path folder, boolean isTemporary) {
  private static final String FILE_NAME = "kept-node.json";
  private static final int STOP_SECONDS = 25;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The node that was kept last, if it still runs. */
  public static Optional<KeptNode> find() throws IOException {
    Path file = file();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode json = JSON.readTree(file.toFile());
    KeptNode node =
        new KeptNode(
            URI.create(json.path("url").asText()),
            json.path("pid").asLong(),
            Path.of(json.path("folder").asText()),
            json.path("temporary").asBoolean());
    String started = json.path("started").asText();
    return node.handle().filter(handle -> started.equals(startOf(handle))).map(handle -> node);
  }

  static void remember(KeptNode node) throws IOException {
    String started = node.handle().map(KeptNode::startOf).orElse("");
    byte[] json =
        JSON.writeValueAsBytes(
            JSON.createObjectNode()
                .put("url", node.url.toString())
                .put("pid", node.pid)
                .put("folder", node.folder.toString())
                .put("temporary", node.isTemporary)
                .put("started", started));
    Path fresh = Files.createTempFile(file().getParent(), "kept-", ".json");
    Files.write(fresh, json);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Stops it and forgets it.
   *
   * @throws IOException when its folder cannot be removed
   */
  public void stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> handle = handle();
    if (handle.isPresent()) {
      List<ProcessHandle> tree = new ArrayList<>(handle.get().descendants().toList());
      tree.add(handle.get());
      handle.get().destroy();
      await(handle.get());
      tree.forEach(ProcessHandle::destroyForcibly);
    }
    new NodeFolder(folder, isTemporary).discard();
    Files.deleteIfExists(file());
  }

  private static void await(ProcessHandle handle) throws InterruptedException {
    try {
      handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      handle.destroyForcibly();
    }
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** Tells the process from a later one with the same id. */
  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Object::toString).orElse("");
  }

  private static Path file() throws IOException {
    return ElasticsearchDistribution.cacheFolder(NodeUser.current()).resolve(FILE_NAME);
  }
}
