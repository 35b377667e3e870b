package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir Path folder;

  @Test
  void shouldBeHeldByOneAtATime() throws IOException {
    Path state = folder.resolve("state");
    try (StateFolder held = StateFolder.hold(state)) {
      assertThat(held.installation()).isNotEmpty();
      assertThatThrownBy(() -> StateFolder.hold(state))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining(state.toString());
    }
  }

  @Test
  void shouldBeKnownByTheSameForAsLongAsItIsKept() throws IOException {
    String first;
    try (StateFolder held = StateFolder.hold(folder)) {
      first = held.installation();
    }
    try (StateFolder held = StateFolder.hold(folder)) {
      assertThat(held.installation()).isEqualTo(first);
    }
    try (StateFolder other = StateFolder.hold(folder.resolve("other"))) {
      assertThat(other.installation()).isNotEqualTo(first);
    }
  }
}
