package dev.forensics.indexer.follow;

import dev.forensics.indexer.index.BulkSettings;
import java.nio.file.Path;

/** Small requests, so that a test sends many. */
final class TestBulk {
  private TestBulk() {}

  static BulkSettings small(Path letters) {
    return BulkSettings.defaults(letters).withSize(200_000, 200);
  }
}
