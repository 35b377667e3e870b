package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links by which stored packets are found by the id of their flow. */
final class EvidenceLinks {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceLinks.class);

  private EvidenceLinks() {}

  /**
   * Points a flow to an alarm's packets; where links cannot be made, the alarm's id still works.
   */
  static void link(EvidenceFolder folder, String flowId, Path packets) {
    if (!EvidenceFolder.isId(flowId)) {
      return;
    }
    Path link = folder.flow(flowId);
    Path fresh = link.resolveSibling(EvidenceRecovery.NEW + flowId + EvidenceFolder.PACKETS);
    try {
      EvidenceAccess.createFolders(link.getParent());
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, link.getParent().relativize(packets));
      Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("no link for the flow {}", flowId, e);
    }
  }
}
