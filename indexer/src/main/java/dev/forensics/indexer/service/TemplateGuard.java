package dev.forensics.indexer.service;

import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchUnavailableException;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no document through before the templates are there: without them Elasticsearch would guess
 * types. Installs them where it may.
 */
final class TemplateGuard {
  private static final Logger LOG = LoggerFactory.getLogger(TemplateGuard.class);

  private final ElasticsearchConnection connection;
  private final Retention retention;
  private volatile boolean isReady;

  TemplateGuard(ElasticsearchConnection connection, Retention retention) {
    this.connection = connection;
    this.retention = retention;
  }

  /**
   * Makes sure, once until in doubt.
   *
   * @throws IOException when Elasticsearch cannot be reached, or the templates are missing and may
   *     not be installed
   */
  void ensure() throws IOException {
    if (!isReady) {
      check();
    }
  }

  /** They may be gone: looked at again before the next tick. */
  void doubt() {
    isReady = false;
  }

  private synchronized void check() throws IOException {
    if (isReady) {
      return;
    }
    connection.check();
    try {
      IndexSetup.install(connection, retention);
    } catch (ElasticsearchUnavailableException e) {
      if (!IndexSetup.isForbidden(e)) {
        throw e;
      }
      requireIndices();
    }
    isReady = true;
  }

  private void requireIndices() throws IOException {
    if (!IndexSetup.hasLedger(connection)) {
      throw new IOException(
          "the templates are not installed in Elasticsearch, and this user may not install them:"
              + " run `forensics setup` as a user who may");
    }
    LOG.info("this user may not look at the templates; what `forensics setup` installed is used");
  }
}
