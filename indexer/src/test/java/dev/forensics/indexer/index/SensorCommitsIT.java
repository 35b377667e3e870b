package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commits in a real node: who knows the one before may write, and a lost answer does no harm. */
@ExtendWith(ElasticsearchExtension.class)
class SensorCommitsIT {
  private static final String SENSOR = "commits of a sensor";

  @TempDir private Path folder;

  @Test
  void shouldKnowItsOwnWriteAgainWhenTheAnswerToItWasLost(EmbeddedElasticsearch node)
      throws IOException {
    try (ElasticsearchConnection connection = connect(node)) {
      SensorCommits commits = new SensorCommits(connection);
      JsonNode first = commit(1);
      SensorCommits.Stored stored = commits.write(SENSOR, first, Optional.empty());
      assertThat(commits.write(SENSOR, first, Optional.empty()).sequenceNumber())
          .isEqualTo(stored.sequenceNumber());

      JsonNode change = commit(2);
      SensorCommits.Stored amended = commits.amend(SENSOR, change, stored);
      assertThat(commits.amend(SENSOR, change, stored).sequenceNumber())
          .isEqualTo(amended.sequenceNumber());

      JsonNode others = commit(3);
      assertThatThrownBy(() -> commits.amend(SENSOR, others, stored))
          .isInstanceOf(SensorTakenException.class);
      assertThat(commits.write(SENSOR, others, Optional.of(amended)).sequenceNumber())
          .isGreaterThan(amended.sequenceNumber());
    }
  }

  /** With numbers as a sensor's commit has them: sequences are longs, however small. */
  private static JsonNode commit(long sequence) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("forensics").putObject("commit").put("sequence", sequence);
    return root;
  }

  private ElasticsearchConnection connect(EmbeddedElasticsearch node) throws IOException {
    ElasticsearchConnection connection =
        ElasticsearchConnection.open(
            ElasticsearchSettings.of(node.url(), BulkSettings.defaults(folder)));
    IndexSetup.install(connection, Retention.defaults());
    return connection;
  }
}
