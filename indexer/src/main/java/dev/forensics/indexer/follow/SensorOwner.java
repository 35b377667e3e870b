package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * Whose a sensor's commit is. Two hosts that give one name to different folders would else take
 * each other's captures for read.
 *
 * @param host name of the indexer
 * @param installation what the indexer's state folder is known by: a host that is renamed, or a
 *     container that is made anew, is still the same; empty when it is not known
 * @param folder where the captures are written
 */
public record SensorOwner(String host, String installation, Path folder) {
  private static final String OWNER = "owner";
  private static final String HOST = "host";
  private static final String INSTALLATION = "installation";
  private static final String FOLDER = "folder";

  /** Takes the folder as it stands in the file system's names. */
  public SensorOwner {
    folder = folder.toAbsolutePath().normalize();
  }

  void write(ObjectNode commit) {
    commit
        .putObject(OWNER)
        .put(HOST, host)
        .put(INSTALLATION, installation)
        .put(FOLDER, folder.toString());
  }

  /** Null when the commit is of an indexer that did not say it. */
  static SensorOwner read(JsonNode commit) {
    JsonNode owner = commit.path(OWNER);
    return owner.isObject()
        ? new SensorOwner(
            owner.path(HOST).asText(),
            owner.path(INSTALLATION).asText(),
            Path.of(owner.path(FOLDER).asText()))
        : null;
  }

  /**
   * Whether this indexer may go on from another one's commit.
   *
   * @param stored whose it is
   * @param isShared true when several indexers read the same folder in turn
   */
  boolean mayGoOnFrom(SensorOwner stored, boolean isShared) {
    boolean isSameHost =
        stored.host.equals(host)
            || (!installation.isEmpty() && stored.installation.equals(installation));
    return stored.folder.equals(folder) && (isShared || isSameHost);
  }

  /** What an operator writes to take the sensor over. */
  String words() {
    return host + ":" + folder;
  }
}
